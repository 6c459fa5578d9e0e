/** The language of the page, and what depends on it. The build writes translations in the place of the English texts. */

/** The language that this page is in; the server has chosen it. */
export const language = document.documentElement.lang || 'en';
/** For numbers and dates: of the place whose ways the browser names with this language, if it names one. */
export const locale = navigator.languages.find((name) => name.split('-')[0] === language) ?? language;

const rules = new Intl.PluralRules(language);
const whole = new Intl.NumberFormat(locale);
const known = rules.resolvedOptions().pluralCategories;
/** The forms of this language in the order in which catalogues have them. */
const FORMS = (['zero', 'one', 'two', 'few', 'many', 'other'] as const).filter((form) =>
  known.includes(form),
);

/** The one of the forms that goes with a number, which stands in place of `#`: written as in `shown`, or whole. */
export function plural(number: number, forms: readonly string[], shown = whole.format(number)): string {
  return (forms[FORMS.indexOf(rules.select(number))] ?? '').replace('#', shown);
}

/** A text to translate that begins with no capital letter. */
export function phrase(text: string): string {
  return text;
}
