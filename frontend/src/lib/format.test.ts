import { describe, expect, it, vi } from 'vitest';

import { bytes } from './bytes';
import { ago, clock, count, number, pieces } from './format';
import { uuid7 } from './uuid';

describe('pieces', () => {
  it('links tags and people and leaves the rest', () => {
    expect(pieces('Hi @Ana.b, see #Танец! a#b me@home.org')).toEqual([
      { text: 'Hi ' },
      { text: '@Ana.b', href: '/@ana.b' },
      { text: ', see ' },
      { text: '#Танец', href: `/tag/${encodeURIComponent('танец')}` },
      { text: '! a#b me@home.org' },
    ]);
  });

  it('keeps every letter', () => {
    for (const text of ['', '#', '@@a', '#a#b', 'x #a. y', '\n#line']) {
      expect(pieces(text).map((piece) => piece.text).join('')).toBe(text); // prettier-ignore
    }
  });
});

describe('numbers and times', () => {
  it('are short', () => {
    expect(count(12_400)).toBe('12.4K');
    expect(number(12_400)).toBe('12,400');
    expect(clock(75.4)).toBe('1:15');
    expect(bytes(20_000_000)).toBe('20 MB');
    expect(ago('2026-11-23T12:00:00Z', Date.parse('2026-11-23T12:00:20Z'))).toBe('now');
    expect(ago('2026-11-24T12:00:00Z', Date.parse('2026-11-23T12:00:20Z'))).toBe('now');
    expect(ago('2026-11-20T12:00:00Z', Date.parse('2026-11-23T12:00:20Z'))).toBe('3 days ago');
    expect(ago('2026-11-22T12:00:00Z', Date.parse('2026-11-23T12:00:20Z'))).toBe('yesterday');
    expect(ago('2026-11-23T11:00:00Z', Date.parse('2026-11-23T12:00:20Z'))).toBe('1 hr. ago');
  });
});

describe('small numbers', () => {
  it.each(['en', 'en-GB', 'de', 'de-CH', 'ar'])('are what the browser says in %s', async (language) => {
    vi.stubGlobal('navigator', { languages: [language] });
    document.documentElement.lang = language.slice(0, 2);
    vi.resetModules();
    const format = await import('./format');
    const whole = new Intl.NumberFormat(language);
    const short = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 });
    const padded = new Intl.NumberFormat(language, { minimumIntegerDigits: 2 });
    for (const value of [0, 7, 59, 999, 1000, 12_400, -3, 4.5]) {
      expect(format.number(value)).toBe(whole.format(value));
      expect(format.count(value)).toBe(short.format(value));
    }
    expect(format.clock(65)).toBe(`${whole.format(1)}:${padded.format(5)}`);
    vi.unstubAllGlobals();
    document.documentElement.lang = '';
  });
});

describe('uuid7', () => {
  it('is a version 7 UUID and rises with time', () => {
    expect(uuid7()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(uuid7(1000) < uuid7(2000)).toBe(true);
  });
});
