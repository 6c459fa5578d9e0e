/** The language of the page, and what depends on it. The build writes translations in the place of the English texts. */

/** The language that this page is in; the server has chosen it. */
export const language = document.documentElement.lang || 'en';
/** For numbers and dates: of the place whose ways the browser names with this language, if it names one. */
export const locale = navigator.languages.find((name) => name.split('-')[0] === language) ?? language;

/** Made when it is first asked for: browsers load what they know of languages slowly, and a page can start without. */
export function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

const rules = new Intl.PluralRules(language);
const whole = once(() => new Intl.NumberFormat(locale));
/** Languages in which a small number is its digits. */
const isPlain = /^(de|en)(-|$)/.test(locale);
const known = rules.resolvedOptions().pluralCategories;
/** The forms of this language in the order in which catalogues have them. */
const FORMS = (['zero', 'one', 'two', 'few', 'many', 'other'] as const).filter((form) =>
  known.includes(form),
);

/** A whole number below 1,000 as it is written here without asking the browser, where that is certain. */
export function small(value: number): string | undefined {
  return isPlain && Number.isInteger(value) && value >= 0 && value < 1000 ? String(value) : undefined;
}

/** 12400 → 12,400 */
export function number(value: number): string {
  return small(value) ?? whole().format(value);
}

/** The one of the forms that goes with a number, which stands in place of `#`: written as in `shown`, or whole. */
export function plural(value: number, forms: readonly string[], shown = number(value)): string {
  return (forms[FORMS.indexOf(rules.select(value))] ?? '').replace('#', shown);
}

/** A text to translate that begins with no capital letter. */
export function phrase(text: string): string {
  return text;
}
