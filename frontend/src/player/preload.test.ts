import { describe, expect, it } from 'vitest';

import { fakeClips } from './fake';
import { choose, isSafe, safeSeconds } from './preload';

const [clip] = fakeClips(1) as [ReturnType<typeof fakeClips>[number]];
const video = (start: number, end: number, currentTime: number) => ({
  buffered: { length: 1, start: () => start, end: () => end } as unknown as TimeRanges,
  currentTime,
  duration: 10,
});

describe('choose', () => {
  it.each([
    ['a fast line', 20_000_000, 1080, false, '540'],
    ['a line that must keep half free', 2_000_000, 1080, false, '360'],
    ['a small screen', 20_000_000, 300, false, '360'],
    ['a viewer who saves data', 20_000_000, 1080, true, '360'],
    ['no line at all', 0, 1080, false, '360'],
  ])('for %s', (_name, bits, edge, saves, expected) => {
    expect(choose(clip, bits, edge, saves)?.name).toBe(expected);
  });

  it('has nothing for a clip without renditions', () => {
    expect(choose({ ...clip, renditions: [] }, 1e7, 540, false)).toBeUndefined();
  });
});

describe('isSafe', () => {
  it('wants that many seconds ahead, or the end', () => {
    expect(isSafe(video(0, 5, 0), 4)).toBe(true);
    expect(isSafe(video(0, 3, 0), 4)).toBe(false);
    expect(isSafe(video(0, 3, 0), 2)).toBe(true);
    expect(isSafe(video(0, 10, 9), 4)).toBe(true);
    expect(isSafe(video(6, 10, 1), 4)).toBe(false);
  });
});

describe('safeSeconds', () => {
  it.each([
    ['a line for many clips', 10_000_000, 1],
    ['a line for two', 1_600_000, 1],
    ['a line for one', 800_000, 3],
    ['a line for less than one', 400_000, 4],
    ['no line', 0, 4],
  ])('for %s', (_name, bits, expected) => {
    expect(safeSeconds(800_000, bits)).toBe(expected);
  });
});
