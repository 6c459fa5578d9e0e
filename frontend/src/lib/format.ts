import { locale, number, once, phrase, plural, small } from './words';

export { number };

const compact = once(() => new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 }));
/** 12400 → 12.4K */
export function count(value: number): string {
  return small(value) ?? compact().format(value);
}

/** How long ago, in one word or two. */
export function ago(iso: string, now: number = Date.now()): string {
  const seconds = (now - Date.parse(iso)) / 1000;
  const unit = __AGO__.find(([size]) => seconds >= size);
  if (!unit) return phrase('now'); // or soon, by a clock that is not quite right
  const [size, one, two, ...forms] = unit;
  const value = Math.round(seconds / size);
  return [one, two][value - 1] ?? plural(value, forms);
}

/** 75.4 → 1:15 */
export function clock(seconds: number): string {
  const full = Math.max(0, Math.floor(seconds));
  const rest = full % 60;
  return `${number(Math.floor(full / 60))}:${number(rest).padStart(2, number(0))}`;
}

export type Piece = { readonly text: string; readonly href?: string };

/** A caption as pieces: words, #tags and @people. */
export function pieces(caption: string): Piece[] {
  const found: Piece[] = [];
  let end = 0;
  for (const match of caption.matchAll(/(^|[^\p{L}\p{N}_])([#@])([\p{L}\p{N}_.]+)/gu)) {
    const start = match.index + match[1]!.length;
    const word = match[3]!.replace(/\.+$/, '');
    if (start > end) found.push({ text: caption.slice(end, start) });
    const path =
      match[2] === '#' ? `/tag/${encodeURIComponent(word.toLowerCase())}` : `/@${word.toLowerCase()}`;
    found.push({ text: match[2]! + word, href: path });
    end = start + 1 + word.length;
  }
  if (end < caption.length) found.push({ text: caption.slice(end) });
  return found;
}
