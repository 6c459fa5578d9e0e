import { locale, phrase } from './words';

const compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
const whole = new Intl.NumberFormat(locale);
const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
const twoDigits = new Intl.NumberFormat(locale, { minimumIntegerDigits: 2 });
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
  return compact.format(value);
}

export function number(value: number): string {
  return whole.format(value);
}

/** How long ago, in one word or two. */
export function ago(iso: string, now: number = Date.now()): string {
  const seconds = (Date.parse(iso) - now) / 1000;
  const [unit, size] = STEPS.find(([, step]) => Math.abs(seconds) >= step) ?? ['minute', 60];
  return Math.abs(seconds) < 60 ? phrase('now') : relative.format(Math.round(seconds / size), unit);
}

/** 75.4 → 1:15 */
export function clock(seconds: number): string {
  const full = Math.max(0, Math.floor(seconds));
  return `${whole.format(Math.floor(full / 60))}:${twoDigits.format(full % 60)}`;
}

/** 20_000_000 → 20 MB */
export function bytes(value: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, value)) / 3));
  const options = {
    style: 'unit',
    unit: units[step],
    unitDisplay: 'short',
    maximumFractionDigits: 1,
  } as const;
  return new Intl.NumberFormat(locale, options as Intl.NumberFormatOptions).format(value / 1000 ** step);
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
