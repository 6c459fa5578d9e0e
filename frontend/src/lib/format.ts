import { locale, number, once, phrase, small } from './words';

export { number };

const compact = once(() => new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 }));
const relative = once(() => new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' }));
const twoDigits = once(() => new Intl.NumberFormat(locale, { minimumIntegerDigits: 2 }));
const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** 12400 → 12.4K */
export function count(value: number): string {
  return small(value) ?? compact().format(value);
}

/** How long ago, in one word or two. */
export function ago(iso: string, now: number = Date.now()): string {
  const seconds = (Date.parse(iso) - now) / 1000;
  const [unit, size] = STEPS.find(([, step]) => Math.abs(seconds) >= step) ?? ['minute', 60];
  return Math.abs(seconds) < 60 ? phrase('now') : relative().format(Math.round(seconds / size), unit);
}

/** 75.4 → 1:15 */
export function clock(seconds: number): string {
  const full = Math.max(0, Math.floor(seconds));
  const rest = full % 60;
  return `${number(Math.floor(full / 60))}:${small(rest)?.padStart(2, '0') ?? twoDigits().format(rest)}`;
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
