/** What a video's signed credentials say, in a few words for whoever watches it. */
import type { Schemas } from '../api/client';

/** A sentence, or nothing: what nobody has signed, or somebody has changed since, says nothing. */
export function credentialsLine(found: Schemas['CredentialsOut'] | null): string {
  if (!found || found.state === 'invalid') return '';
  const by = found.issuer ? ` by ${found.issuer}` : '';
  if (found.made_with_ai) return `Made with AI, as signed${by}`;
  return found.state === 'trusted' && by ? `Signed${by}` : '';
}
