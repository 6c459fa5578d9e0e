import { describe, expect, it } from 'vitest';

import { fakeClips } from './fake';
import { choose, isSafe, safeSeconds } from './preload';
import { bytesMeanwhile, Throughput } from './throughput';

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

describe('Throughput', () => {
  it('moves towards what it measures and ignores small transfers', () => {
    const line = new Throughput(2_000_000);
    line.add(1000, 1);
    expect(line.bits).toBe(2_000_000);
    for (let i = 0; i < 20; i += 1) line.add(1_000_000, 1000);
    expect(line.bits).toBeGreaterThan(7_900_000);
    expect(line.bits).toBeLessThan(8_000_001);
  });
});

describe('bytesMeanwhile', () => {
  const transfer = { bytes: 100, start: 1000, end: 2000 };

  it.each([
    ['alone', [], 100],
    ['beside another', [{ bytes: 100, start: 1000, end: 2000 }], 200],
    ['beside the half of another', [{ bytes: 100, start: 1500, end: 2500 }], 150],
    ['after another', [{ bytes: 100, start: 0, end: 1000 }], 100],
    ['beside one that took no time', [{ bytes: 100, start: 1500, end: 1500 }], 100],
  ])('%s', (_name, others, expected) => {
    expect(bytesMeanwhile(transfer, [transfer, ...others])).toBe(expected);
  });
});
