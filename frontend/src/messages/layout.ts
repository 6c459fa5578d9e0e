/** Messages as they stand below each other: under days, and close together where one person says several. */
import { locale } from '../lib/words';
import type { Line } from './types';

export interface Shown {
  readonly line: Line;
  /** The first one of a day says which. */
  readonly day: string | null;
  /** The first and the last of what one person says at a stretch. */
  readonly begins: boolean;
  readonly ends: boolean;
}

const STRETCH_MS = 5 * 60_000;
const WEEK_DAYS = 7;
const weekday = new Intl.DateTimeFormat(locale, { weekday: 'long' });
const date = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long' });
const fullDate = new Intl.DateTimeFormat(locale, { dateStyle: 'long' });
const hours = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });

export const timeOf = (iso: string): string => hours.format(new Date(iso));

export function laidOut(lines: readonly Line[], now = new Date()): Shown[] {
  return lines.map((line, at) => {
    const isNewDay = !isSameDay(lines[at - 1], line);
    return {
      line,
      day: isNewDay ? dayOf(new Date(line.at), now) : null,
      begins: isNewDay || !isOneStretch(lines[at - 1], line),
      ends: !isSameDay(line, lines[at + 1]) || !isOneStretch(line, lines[at + 1]),
    };
  });
}

function isSameDay(one: Line | undefined, other: Line | undefined): boolean {
  return Boolean(one && other) && midnight(new Date(one!.at)) === midnight(new Date(other!.at));
}

function isOneStretch(one: Line | undefined, other: Line | undefined): boolean {
  if (!one || !other || one.mine !== other.mine) return false;
  return Date.parse(other.at) - Date.parse(one.at) < STRETCH_MS;
}

function midnight(day: Date): number {
  return new Date(day).setHours(0, 0, 0, 0);
}

/** The day in a word, as long as that says which. */
function dayOf(day: Date, now: Date): string {
  const daysAgo = Math.round((midnight(now) - midnight(day)) / 86_400_000);
  if (daysAgo <= 0) return 'Today';
  if (daysAgo === 1) return 'Yesterday';
  if (daysAgo < WEEK_DAYS) return weekday.format(day);
  return (day.getFullYear() === now.getFullYear() ? date : fullDate).format(day);
}
