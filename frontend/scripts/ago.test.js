import { describe, expect, it } from 'vitest';

import { relativeTimes } from './ago.js';
import { formsOf } from './texts/catalogue.js';

describe('the words for how long ago', () => {
  it.each(['en', 'de', 'ar', 'ru'])('are those of Intl in %s', (language) => {
    const words = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' });
    const rules = new Intl.PluralRules(language);
    const units = ['year', 'month', 'week', 'day', 'hour', 'minute'];
    for (const [index, [, one, two, ...forms]] of relativeTimes(language).entries()) {
      for (let value = 1; value < 60; value += 1) {
        const form = forms[formsOf(language).indexOf(rules.select(value))];
        const said = [one, two][value - 1] ?? form.replace('#', value);
        expect(said).toBe(words.format(-value, units[index]));
      }
    }
  });
});
