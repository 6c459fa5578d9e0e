import { describe, expect, it } from 'vitest';

import { bounds, daysLeft, fromField, moment, proposed, refusal, toField, zone } from './times';

const now = Date.parse('2026-11-27T10:07:31Z');
const ahead = (minutes: number): string => new Date(now + minutes * 60_000).toISOString();

describe('a time to go out at', () => {
  it('comes back from a field as it went in, to the minute', () => {
    expect(fromField(toField(new Date('2026-12-01T18:30:42Z')))).toBe('2026-12-01T18:30:00.000Z');
    expect(fromField('')).toBe('');
  });

  it('is refused when too near, too far, or none', () => {
    expect(refusal(ahead(14), now)).toMatch('15 minutes');
    expect(refusal(ahead(16), now)).toBe('');
    expect(refusal(ahead(60 * 24 * 30 + 1), now)).toMatch('30 days');
    expect(refusal('', now)).toMatch('Choose a day');
  });

  it('lies within the bounds when it is proposed', () => {
    const { min, max } = bounds(now);
    for (const value of [min, max, proposed(now)]) expect(refusal(fromField(value), now)).toBe('');
    expect(proposed(now)).toMatch(/:00$/);
  });

  it('is told with its zone', () => {
    expect(moment('2026-12-01T18:30:00Z')).toMatch(/30/);
    expect(zone()).not.toBe('');
  });
});

describe('days left', () => {
  it('count the day that has begun', () => {
    expect(daysLeft(ahead(60 * 24 * 30 - 5), now)).toBe(30);
    expect(daysLeft(ahead(5), now)).toBe(1);
    expect(daysLeft(ahead(-5), now)).toBe(0);
  });
});
