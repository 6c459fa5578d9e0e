// How long ago, in a language's own short words. The build writes them down: browsers load what they know of a
// language slowly (35 ms here, 150 on a phone), and every clip says when it went out.
import { formsOf } from './texts/catalogue.js';

const UNITS = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];
/** Numbers that have a word of their own in some languages: yesterday, and the day before. */
const NAMED = [1, 2];
const MOST = 1000;

/**
 * For each unit, the longest first: its seconds, the words for one and for two of it, and those for more in each
 * plural form of the language, with `#` for the number.
 */
export function relativeTimes(language) {
  const words = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' });
  const rules = new Intl.PluralRules(language);
  const more = Array.from({ length: MOST }, (_, i) => i).slice(Math.max(...NAMED) + 1);
  const said = (value, unit) =>
    words
      .formatToParts(-value, unit)
      .map((part) => (part.type === 'literal' || NAMED.includes(value) ? part.value : '#'))
      .join('');
  const inForm = (form, unit) => {
    const example = more.find((value) => rules.select(value) === form);
    return example ? said(example, unit) : '';
  };
  return UNITS.map(([unit, seconds]) => [
    seconds,
    ...NAMED.map((value) => said(value, unit)),
    ...formsOf(language).map((form) => inForm(form, unit)),
  ]);
}
