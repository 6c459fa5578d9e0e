/** Between the browser's passkeys and JSON. */
import { call, type AuthAnswer } from './allauth';

interface JsonCapable {
  parseRequestOptionsFromJSON(options: unknown): PublicKeyCredentialRequestOptions;
  parseCreationOptionsFromJSON(options: unknown): PublicKeyCredentialCreationOptions;
}

function codec(): JsonCapable {
  return PublicKeyCredential as unknown as JsonCapable;
}

export function isSupported(): boolean {
  return typeof PublicKeyCredential !== 'undefined' && 'parseRequestOptionsFromJSON' in PublicKeyCredential;
}

function toJson(credential: Credential | null): unknown {
  return (credential as PublicKeyCredential & { toJSON(): unknown }).toJSON();
}

/** Sign in with a passkey of this device. */
export async function signIn(): Promise<AuthAnswer> {
  const asked = await call('GET', '/auth/webauthn/login');
  return call('POST', '/auth/webauthn/login', { credential: await answerTo(asked) });
}

/** Use a passkey as the second factor. */
export async function authenticate(): Promise<AuthAnswer> {
  const asked = await call('GET', '/auth/webauthn/authenticate');
  return call('POST', '/auth/webauthn/authenticate', { credential: await answerTo(asked) });
}

async function answerTo(asked: AuthAnswer): Promise<unknown> {
  const { publicKey } = asked.data['request_options'] as { publicKey: unknown };
  return toJson(
    await navigator.credentials.get({ publicKey: codec().parseRequestOptionsFromJSON(publicKey) }),
  );
}

/** Make a passkey for the signed-in person; answers what the server said to the first question if it refuses. */
export async function add(name: string): Promise<AuthAnswer> {
  const asked = await call('GET', '/account/authenticators/webauthn?passwordless');
  if (asked.status !== 200) return asked;
  const { publicKey } = asked.data['creation_options'] as { publicKey: unknown };
  const made = await navigator.credentials.create({
    publicKey: codec().parseCreationOptionsFromJSON(publicKey),
  });
  return call('POST', '/account/authenticators/webauthn', { name, credential: toJson(made) });
}
