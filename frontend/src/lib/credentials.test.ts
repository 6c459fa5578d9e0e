import { describe, expect, it } from 'vitest';

import { credentialsLine } from './credentials';

const signed = { state: 'valid', issuer: 'Acme', made_with_ai: false } as const;

describe('credentialsLine', () => {
  it.each([
    ['nothing of a video without credentials', null, ''],
    ['nothing of a signature by somebody unknown', signed, ''],
    ['who signed, where they are trusted', { ...signed, state: 'trusted' }, 'Signed by Acme'],
    ['that AI made it', { ...signed, made_with_ai: true }, 'Made with AI, as signed by Acme'],
    [
      'that AI made it, by nobody named',
      { ...signed, issuer: '', made_with_ai: true },
      'Made with AI, as signed',
    ],
    ['nothing of what was changed since', { ...signed, state: 'invalid', made_with_ai: true }, ''],
  ] as const)('says %s', (_, found, words) => {
    expect(credentialsLine(found)).toBe(words);
  });
});
