/** What a video's signed credentials say, in a few words for whoever watches it. */
import type { Schemas } from '../api/client';

/** A sentence, or nothing: what nobody has signed, or somebody has changed since, says nothing. */
export function credentialsLine(found: Schemas['CredentialsOut'] | null): string {
  if (!found || found.state === 'invalid') return '';
  const { issuer } = found;
  if (found.made_with_ai) return issuer ? `Made with AI, as signed by ${issuer}` : 'Made with AI, as signed';
  return found.state === 'trusted' && issuer ? `Signed by ${issuer}` : '';
}
