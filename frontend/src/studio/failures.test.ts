import { afterEach, describe, expect, it, vi } from 'vitest';

const failure = (code: string, reason: string): { code: string; reason: string; may_retry: boolean } => ({
  code,
  reason,
  may_retry: false,
});

/** The words of a page in a language; without a build the texts themselves stay English. */
async function wordsIn(language: string): Promise<(typeof import('./failures'))['failureWords']> {
  vi.resetModules();
  vi.doMock('../lib/words', () => ({ language }));
  return (await import('./failures')).failureWords;
}

afterEach(() => vi.doUnmock('../lib/words'));

describe('failureWords', () => {
  it('are those of the server in English', async () => {
    expect((await wordsIn('en'))(failure('damaged', 'As it was said.'))).toBe('As it was said.');
  });

  it('are ours in another language, with the number that the server names', async () => {
    const words = await wordsIn('de');
    expect(words(failure('photo_damaged', 'Photo 3: no good.'))).toMatch(/^Photo 3 is damaged/);
    expect(words(failure('too_many_pixels', 'More than 16.7 million.'))).toContain('the 16.7 million');
    expect(words(failure('newer', 'Something new.'))).toBe('Something new.');
  });
});
