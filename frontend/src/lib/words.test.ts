import { afterEach, describe, expect, it, vi } from 'vitest';

/** The module in a page of this language. */
async function words(lang: string, browser: readonly string[] = []): Promise<typeof import('./words')> {
  document.documentElement.lang = lang;
  vi.spyOn(navigator, 'languages', 'get').mockReturnValue(browser);
  vi.resetModules();
  return import('./words');
}

afterEach(() => document.documentElement.removeAttribute('lang'));

describe('words', () => {
  it('take the form that a language has for a number', async () => {
    const { plural } = await words('en');
    expect([0, 1, 2000].map((n) => plural(n, ['# day', '# days']))).toEqual([
      '0 days',
      '1 day',
      '2,000 days',
    ]);
    expect(plural(12_400, ['# play', '# plays'], '12.4K')).toBe('12.4K plays');
  });

  it('have six forms in Arabic', async () => {
    const { plural } = await words('ar');
    const forms = ['zero', 'one', 'two', 'few', 'many', 'other'];
    expect([0, 1, 2, 3, 11, 100].map((n) => plural(n, forms))).toEqual(forms);
  });

  it('are counted as where the viewer lives, in the language of the page', async () => {
    expect((await words('de', ['fr-FR', 'de-AT', 'de'])).locale).toBe('de-AT');
    expect((await words('ar', ['fr-FR'])).locale).toBe('ar');
  });
});
