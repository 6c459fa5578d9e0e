import { afterEach, describe, expect, it, vi } from 'vitest';

import { distrust, playsWell } from './codecs';
import type { PoolEvents } from './events';
import { fakeClips, fakeVideo } from './fake';
import { PlayerPool, POOL_SIZE } from './PlayerPool';
import { Throughput } from './throughput';

const h264 = { codec: 'h264', mime: 'video/mp4', width: 540, height: 960, bitrate: 900_000 } as const;
let sizes = 100;
/** A kind of file that nobody has asked about. */
const av1 = () =>
  ({ ...h264, codec: 'av1', mime: 'video/mp4; codecs="av01.0.04M.08"', width: sizes++ }) as const;
const settle = (): Promise<void> => new Promise((done) => setTimeout(done));

function browser(answer: Partial<MediaCapabilitiesInfo> | Error, isCoarse = false) {
  const decodingInfo = vi.fn(() =>
    answer instanceof Error
      ? Promise.reject(answer)
      : Promise.resolve(answer as MediaCapabilitiesDecodingInfo),
  );
  vi.stubGlobal('navigator', { mediaCapabilities: { decodingInfo } });
  vi.stubGlobal('matchMedia', () => ({ matches: isCoarse }));
  return decodingInfo;
}

afterEach(() => vi.unstubAllGlobals());

describe('playsWell', () => {
  it('needs to ask nobody about H.264', () => {
    const asked = browser({});
    expect(playsWell(h264)).toBe(true);
    expect(asked).not.toHaveBeenCalled();
  });

  it.each([
    ['a decoder in hardware', { supported: true, smooth: true, powerEfficient: true }, true, true],
    ['one in software, on a desk', { supported: true, smooth: true, powerEfficient: false }, false, true],
    ['one in software, in the hand', { supported: true, smooth: true, powerEfficient: false }, true, false],
    ['one that stutters', { supported: true, smooth: false, powerEfficient: true }, false, false],
    ['none', { supported: false, smooth: false, powerEfficient: false }, false, false],
  ])('with %s', async (_name, answer, isCoarse, expected) => {
    browser(answer, isCoarse);
    const file = av1();
    expect(playsWell(file)).toBe(false); // nobody has answered yet
    await settle();
    expect(playsWell(file)).toBe(expected);
  });

  it('asks once for each kind of file', async () => {
    const asked = browser({ supported: true, smooth: true, powerEfficient: true });
    const file = av1();
    playsWell(file);
    playsWell({ ...file, bitrate: 1 });
    await settle();
    playsWell(file);
    expect(asked).toHaveBeenCalledTimes(1);
    expect(asked).toHaveBeenCalledWith({
      type: 'file',
      video: expect.objectContaining({ contentType: file.mime, width: file.width, height: 960 }),
    });
  });

  it('stays with H.264 where the question is not understood', async () => {
    browser(new TypeError('what?'));
    const file = av1();
    playsWell(file);
    await settle();
    expect(playsWell(file)).toBe(false);
  });

  it.each([
    ['probably', true],
    ['maybe', false],
    ['', false],
  ] as const)('takes the word of an older browser: %s', async (word, expected) => {
    vi.stubGlobal('navigator', {});
    vi.spyOn(HTMLVideoElement.prototype, 'canPlayType').mockReturnValue(word);
    const file = av1();
    playsWell(file);
    await settle();
    expect(playsWell(file)).toBe(expected);
  });
});

describe('distrust', () => {
  it('ends a kind of file for good, and leaves H.264', async () => {
    browser({ supported: true, smooth: true, powerEfficient: true });
    const file = av1();
    playsWell(file);
    await settle();
    expect(distrust(file)).toBe(true);
    expect(playsWell(file)).toBe(false);
    expect(distrust(h264)).toBe(false);
    expect(playsWell(h264)).toBe(true);
  });
});

describe('a pool with clips in two codecs', () => {
  const named = [
    'started',
    'settled',
    'lineFree',
    'failed',
    'stalled',
    'time',
    'paused',
    'looped',
    'muteForced',
    'blocked',
  ];

  it('gives AV1 up for H.264 when the browser cannot keep its promise', async () => {
    browser({ supported: true, smooth: true, powerEfficient: true });
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('')));
    const videos = Array.from({ length: POOL_SIZE }, () => document.body.appendChild(fakeVideo()));
    const events = Object.fromEntries(named.map((name) => [name, vi.fn()])) as unknown as PoolEvents;
    const pool = new PlayerPool(videos, events, new Throughput(10_000_000));
    pool.setClips(
      fakeClips(3).map((clip) => {
        const beside = clip.renditions.map((r) => {
          const url = r.url.replace('.mp4', '-av1.mp4');
          return {
            ...r,
            name: `${r.name}-av1`,
            url,
            codec: 'av1' as const,
            mime: 'video/mp4; codecs="av01.0"',
          };
        });
        return { ...clip, renditions: [...clip.renditions, ...beside] };
      }),
    );
    await settle();
    pool.activate(1);
    pool.prepare(2);
    expect([1, 2].map((index) => pool.element(index)?.src.includes('540-av1'))).toEqual([true, true]);
    pool.element(2)?.dispatchEvent(new Event('error'));
    pool.element(1)?.dispatchEvent(new Event('error'));
    await settle();
    expect(events.failed).not.toHaveBeenCalled();
    expect(pool.element(1)?.src).toContain('/540.mp4');
    expect(pool.element(1)?.paused).toBe(false);
    expect(pool.prepare(2)?.src).toContain('/540.mp4');
    pool.destroy();
  });
});
