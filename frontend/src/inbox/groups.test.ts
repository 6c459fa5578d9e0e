import { expect, it } from 'vitest';

import { grouped, type Notice } from './groups';

const now = new Date('2026-11-27T10:00:00');
const notice = (id: string, at: string, is_read = true): Notice =>
  ({ id, at: new Date(at).toISOString(), is_read }) as Notice;

it('puts what is unread first, however old, and the rest by day', () => {
  const groups = grouped(
    [
      notice('a', '2026-11-27T09:00:00', false),
      notice('b', '2026-11-27T00:00:00'),
      notice('c', '2026-11-26T23:59:00'),
      notice('d', '2026-11-21T00:00:00'),
      notice('e', '2026-11-20T23:59:00'),
      notice('f', '2026-10-01T12:00:00', false),
    ],
    now,
  );
  expect(groups.map(({ heading, notices }) => [heading, notices.map(({ id }) => id).join('')])).toEqual([
    ['new', 'af'],
    ['today', 'b'],
    ['week', 'cd'],
    ['earlier', 'e'],
  ]);
});

it('has no heading without notices', () => {
  expect(grouped([], now)).toEqual([]);
});
