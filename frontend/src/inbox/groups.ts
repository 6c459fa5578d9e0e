/** Notices under headings: what is new, and the rest by how long ago it was. */
import type { Schemas } from '../api/client';

export type Notice = Schemas['NoticeOut'];
export type Heading = 'new' | 'today' | 'week' | 'earlier';
export interface Group {
  readonly heading: Heading;
  readonly notices: readonly Notice[];
}

const WEEK_DAYS = 7;

/** In the order in which they come, without headings that have nothing under them. */
export function grouped(notices: readonly Notice[], now = new Date()): Group[] {
  const found = new Map<Heading, Notice[]>();
  for (const notice of notices) {
    const heading = headingOf(notice, now);
    found.set(heading, [...(found.get(heading) ?? []), notice]);
  }
  const order = ['new', 'today', 'week', 'earlier'] as const;
  return order.flatMap((heading) => {
    const under = found.get(heading);
    return under ? [{ heading, notices: under }] : [];
  });
}

function headingOf({ is_read, at }: Notice, now: Date): Heading {
  if (!is_read) return 'new';
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  if (Date.parse(at) >= midnight) return 'today';
  const weekAgo = new Date(midnight);
  weekAgo.setDate(weekAgo.getDate() - WEEK_DAYS + 1);
  return Date.parse(at) >= weekAgo.getTime() ? 'week' : 'earlier';
}
