import { afterEach, describe, expect, it, vi } from 'vitest';

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
    ['a fast line', 20_000_000, 1080, 'auto', '540'],
    ['a line that must keep half free', 2_000_000, 1080, 'auto', '360'],
    ['a small screen', 20_000_000, 300, 'auto', '360'],
    ['a viewer who saves data', 20_000_000, 1080, 'saver', '360'],
    ['no line at all', 0, 1080, 'auto', '360'],
  ] as const)('for %s', (_name, bits, edge, quality, expected) => {
    expect(choose(clip, bits, edge, quality)?.name).toBe(expected);
  });

  it('has nothing for a clip without renditions', () => {
    expect(choose({ ...clip, renditions: [] }, 1e7, 540, 'auto')).toBeUndefined();
  });
});

describe('choose among codecs and large files', () => {
  const file = (edge: number, bitrate: number, codec: 'h264' | 'av1' = 'h264') => ({
    name: codec === 'av1' ? `${edge}-av1` : String(edge),
    url: '',
    width: edge,
    height: (edge * 16) / 9,
    bitrate,
    bytes: bitrate,
    codec,
    mime: codec === 'av1' ? 'video/mp4; codecs="av01.0.05M.08"' : 'video/mp4',
  });
  const rich = {
    ...clip,
    renditions: [
      file(360, 600_000),
      file(360, 400_000, 'av1'),
      file(720, 2_400_000),
      file(720, 1_500_000, 'av1'),
      file(1080, 4_500_000),
    ],
  };
  const answer = (canAv1: boolean) => {
    const info = { supported: canAv1, smooth: canAv1, powerEfficient: canAv1 };
    vi.stubGlobal('navigator', { mediaCapabilities: { decodingInfo: () => Promise.resolve(info) } });
  };
  const settle = (): Promise<void> => new Promise((done) => setTimeout(done));
  afterEach(() => vi.unstubAllGlobals());

  const large = { ...rich, renditions: rich.renditions.filter((r) => r.codec === 'h264') };
  it.each([
    ['a screen with the pixels and a line with room', 10_000_000, 1012, 'auto', '1080'],
    ['a screen with a few more than 720', 10_000_000, 780, 'auto', '720'],
    ['a line that must keep half free', 8_000_000, 1012, 'auto', '720'],
    ['a viewer who saves data', 10_000_000, 1012, 'saver', '360'],
    ['a viewer who wants the best, whatever line and screen', 300_000, 300, 'highest', '1080'],
    ['a viewer who wants one size', 300_000, 1012, 720, '720'],
    ['a viewer who wants a size that this clip lacks', 10_000_000, 1012, 540, '360'],
  ] as const)('for %s', (_name, bits, edge, quality, expected) => {
    expect(choose(large, bits, edge, quality)?.name).toBe(expected);
  });

  it('takes AV1 only once the browser says that it plays it well', async () => {
    answer(true);
    expect(choose(rich, 10_000_000, 780, 'auto')?.name).toBe('720');
    await settle();
    expect(choose(rich, 10_000_000, 780, 'auto')?.name).toBe('720-av1');
    expect(choose(rich, 3_200_000, 780, 'auto')?.name).toBe('720-av1'); // where H.264 would have to be 360
    expect(choose(rich, 10_000_000, 780, 'saver')?.name).toBe('360-av1');
    expect(choose(rich, 10_000_000, 1012, 'auto')?.name).toBe('1080');
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
