import { describe, expect, it } from 'vitest';

import { lengthRefusal, refusal } from './check';

const LIMITS = { max_upload_bytes: 1000, max_video_seconds: 60 };

describe('refusal', () => {
  it.each([
    ['an empty file', { size: 0, type: 'video/mp4' }, /empty/],
    ['a file beyond the limit', { size: 1001, type: 'video/mp4' }, /larger than/],
    ['a picture', { size: 10, type: 'image/png' }, /not a video/],
  ])('names what is wrong with %s', (_, file, words) => {
    expect(refusal(file, LIMITS)).toMatch(words);
  });

  it('takes a video up to the limit, and a type the browser does not know', () => {
    expect(refusal({ size: 1000, type: 'video/quicktime' }, LIMITS)).toBe('');
    expect(refusal({ size: 10, type: '' }, LIMITS)).toBe('');
  });

  it('leaves the size to the server while the limits are unknown', () => {
    expect(refusal({ size: 1e12, type: 'video/mp4' }, null)).toBe('');
  });
});

describe('lengthRefusal', () => {
  it('refuses what is clearly too long and says how long it may be', () => {
    expect(lengthRefusal(75, LIMITS)).toBe('This video lasts 1:15. This instance takes up to 1:00.');
  });

  it.each([60, 60.9, NaN, Infinity])('leaves %s seconds to the server', (seconds) => {
    expect(lengthRefusal(seconds, LIMITS)).toBe('');
  });
});
