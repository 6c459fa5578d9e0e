/** Names of the people of a notice, as one text. */
import { count } from '../lib/format';
import { locale, plural } from '../lib/words';
import type { Notice } from './groups';

/** From here on the server counts no further. */
const MOST = 1000;
const NAMED = 2;
const together = new Intl.ListFormat(locale, { type: 'conjunction' });

/** One name, two, or two and how many others; each apart from the direction of the text around it. */
export function who({ people, person_count }: Pick<Notice, 'people' | 'person_count'>): string {
  const names = people.slice(0, NAMED).map(({ name, handle }) => `\u2068${name || `@${handle}`}\u2069`);
  const others = person_count - names.length;
  if (others <= 0) return together.format(names);
  const shown = person_count < MOST ? count(others) : `${count(others)}+`;
  return together.format([...names, plural(others, ['# other', '# others'], shown)]);
}
