import { describe, expect, it } from 'vitest';

import { isPhoto, lengthRefusal, photoRefusal, refusal } from './check';

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

describe('photos', () => {
  it('are known by their kind, or by their name where the browser knows none', () => {
    expect(isPhoto({ type: 'image/jpeg', name: 'a' })).toBe(true);
    expect(isPhoto({ type: '', name: 'IMG_1.HEIC' })).toBe(true);
    expect(isPhoto({ type: 'video/mp4', name: 'a.jpg' })).toBe(false);
    expect(isPhoto({ type: '', name: 'a.mov' })).toBe(false);
  });

  it.each([
    ['an empty one', { size: 0, type: 'image/png', name: 'a.png' }, /a\.png is empty/],
    ['one beyond the limit', { size: 1001, type: 'image/png', name: 'a.png' }, /larger than/],
    ['an animation', { size: 10, type: 'image/gif', name: 'a.gif' }, /not a JPEG/],
  ])('say by name what is wrong with %s', (_, file, words) => {
    expect(photoRefusal(file, LIMITS)).toMatch(words);
  });

  it('are taken up to the limit', () => {
    expect(photoRefusal({ size: 1000, type: 'image/jpeg', name: 'a.jpg' }, LIMITS)).toBe('');
  });
});
