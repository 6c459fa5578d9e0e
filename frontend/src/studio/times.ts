/** Times that an author sets or waits for, in the zone of their own clock. The server keeps them in UTC. */
import { locale } from '../lib/words';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const SOONEST_MS = 15 * MINUTE_MS;
const LATEST_MS = 30 * DAY_MS;
/** Enough to fill in the rest of the page and post. */
const SPARE_MS = 5 * MINUTE_MS;

const full = new Intl.DateTimeFormat(locale, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: 'numeric',
  minute: '2-digit',
});

/** Fri, 27 Nov, 18:30 */
export function moment(iso: string): string {
  return full.format(new Date(iso));
}

/** The zone of this clock, as its owner may know it: Europe/Berlin (GMT+1). */
export function zone(at: Date = new Date()): string {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const parts = new Intl.DateTimeFormat('en', { timeZoneName: 'shortOffset' }).formatToParts(at);
  const offset = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  return offset && offset !== timeZone ? `${timeZone} (${offset})` : timeZone;
}

/** A moment as a field for dates and times has it, in this clock's zone. */
export function toField(at: Date): string {
  const local = new Date(at.getTime() - at.getTimezoneOffset() * MINUTE_MS);
  return local.toISOString().slice(0, 16);
}

/** What a field says, as the server takes it; empty for no time. */
export function fromField(value: string): string {
  const at = new Date(value);
  return Number.isNaN(at.getTime()) ? '' : at.toISOString();
}

/** The first and the last minute that a video may be set to go out at. */
export function bounds(now: number = Date.now()): { min: string; max: string } {
  const soonest = Math.ceil((now + SOONEST_MS) / MINUTE_MS) * MINUTE_MS;
  return { min: toField(new Date(soonest)), max: toField(new Date(now + LATEST_MS)) };
}

/** A time to begin with: the next full hour that leaves enough room. */
export function proposed(now: number = Date.now()): string {
  const at = new Date(now + SOONEST_MS + SPARE_MS);
  at.setMinutes(60, 0, 0);
  return toField(at);
}

/** What is wrong with a time; empty when nothing is. */
export function refusal(value: string, now: number = Date.now()): string {
  const at = Date.parse(value);
  if (Number.isNaN(at)) return 'Choose a day and a time.';
  if (at < now + SOONEST_MS) return 'Choose a time at least 15 minutes from now.';
  return at > now + LATEST_MS ? 'Choose a time within 30 days.' : '';
}

/** Days until a moment, begun ones counted: the last day is one day left. */
export function daysLeft(iso: string, now: number = Date.now()): number {
  return Math.max(0, Math.ceil((Date.parse(iso) - now) / DAY_MS));
}
