import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { fakeClips, fakeVideo, type FakeVideo } from './fake';
import { PlayerPool, POOL_SIZE } from './PlayerPool';
import { Throughput } from './throughput';
import type { PoolEvents } from './events';
import { PLAIN } from './types';

function setUp(count = 50, bits = 10_000_000, line = { isAway: false }) {
  const stage = document.body.appendChild(document.createElement('div'));
  const videos = Array.from({ length: POOL_SIZE }, () => stage.appendChild(fakeVideo(line)));
  const names = 'started settled lineFree looped ended failed stalled muteForced time paused blocked'.split(
    ' ',
  );
  const events = Object.fromEntries(names.map((name) => [name, vi.fn()])) as unknown as PoolEvents;
  const pool = new PlayerPool(videos, events, new Throughput(bits));
  pool.setClips(fakeClips(count));
  return { videos, events, pool };
}

const audible = (videos: readonly FakeVideo[]): FakeVideo[] => videos.filter((v) => !v.paused && !v.muted);
const settle = (): Promise<void> => vi.advanceTimersByTimeAsync(600).then(() => undefined);

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('')));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  document.body.replaceChildren();
});

describe('PlayerPool', () => {
  it('takes exactly four elements', () => {
    expect(() => new PlayerPool([], {} as PoolEvents, new Throughput())).toThrow('4 elements');
  });

  it('plays the active clip alone, and tells of its first frame', async () => {
    const { pool, videos, events } = setUp();
    pool.activate(0);
    await settle();
    expect(pool.element(0)?.paused).toBe(false);
    expect(videos.filter((v) => !v.paused)).toHaveLength(1);
    expect(events.started).toHaveBeenCalledWith(0, expect.any(Number), '540');
  });

  it('plays the playlist of a long clip only where the system itself is at its best with one', async () => {
    const { pool, videos } = setUp();
    const clips = fakeClips(2).map((clip) => ({ ...clip, hls_url: `/media/clips/${clip.id}/hls.m3u8` }));
    for (const video of videos) video.canPlayType = () => 'maybe';
    pool.setClips(clips);
    pool.activate(0);
    await settle();
    expect(pool.element(0)?.getAttribute('src')).toContain('540.mp4');
    vi.stubGlobal('ManagedMediaSource', class {});
    pool.setClips([]);
    pool.setClips(clips);
    pool.activate(1);
    await settle();
    expect(pool.element(1)?.getAttribute('src')).toBe('/media/clips/v1/hls.m3u8');
  });

  it('has the next clip ready before it is asked for', async () => {
    const { pool } = setUp();
    pool.activate(0);
    await settle();
    expect(pool.element(1)?.getAttribute('src')).toContain('/clips/1/');
    expect(pool.element(1)?.paused).toBe(true);
  });

  it('gives sound to the active clip only', async () => {
    const { pool, videos } = setUp();
    pool.activate(0);
    await settle();
    pool.setMuted(false);
    await settle();
    expect(audible(videos)).toEqual([pool.element(0)]);
    pool.activate(1);
    await settle();
    expect(audible(videos)).toEqual([pool.element(1)]);
  });

  it('goes on silently when sound is refused, and says so', async () => {
    const { pool, videos, events } = setUp();
    for (const video of videos) video.refuses = 'sound';
    pool.activate(0);
    await settle();
    pool.setMuted(false);
    await settle();
    expect(events.muteForced).toHaveBeenCalled();
    expect(pool.isMuted).toBe(true);
    expect(pool.element(0)?.paused).toBe(false);
  });

  it('waits for a tap when even silent playing is refused', async () => {
    const { pool, videos, events } = setUp();
    for (const video of videos) video.refuses = 'everything';
    pool.activate(0);
    await settle();
    expect(events.blocked).toHaveBeenCalledWith(0);
    expect(pool.isHeld).toBe(true);
  });

  it('plays nothing behind a hidden page, not even after a flick', async () => {
    const { pool, videos } = setUp();
    for (const index of [0, 1, 2, 3]) pool.activate(index);
    pool.suspend();
    await settle();
    expect(videos.every((v) => v.paused)).toBe(true);
    pool.wake();
    await settle();
    expect(pool.element(3)?.paused).toBe(false);
  });

  it('stays paused after waking when the viewer had paused', async () => {
    const { pool } = setUp();
    pool.activate(0);
    await settle();
    pool.pause();
    pool.suspend();
    pool.wake();
    await settle();
    expect(pool.element(0)?.paused).toBe(true);
  });

  it('starts another list from nothing', async () => {
    const { pool } = setUp();
    pool.activate(5);
    await settle();
    pool.setClips([]);
    expect(pool.active).toBe(-1);
    pool.setClips(fakeClips(3));
    pool.activate(0);
    await settle();
    expect(pool.element(0)?.paused).toBe(false);
    expect(pool.element(5)).toBeUndefined();
  });

  it('adopts the element that the page began to play', async () => {
    const { pool, videos } = setUp();
    const boot = videos[0]!;
    boot.src = '/media/clips/0/360.mp4';
    await boot.play();
    pool.adopt(boot, 0);
    pool.activate(0);
    await settle();
    expect(pool.element(0)).toBe(boot);
    expect(boot.getAttribute('src')).toBe('/media/clips/0/360.mp4');
  });

  it('counts a loop when the clip begins again, and none when the viewer jumps back', async () => {
    const { pool, events } = setUp();
    pool.activate(0);
    await settle();
    const video = pool.element(0)!;
    const tick = (seconds: number): void => {
      video.currentTime = seconds;
      video.dispatchEvent(new Event('timeupdate'));
    };
    tick(9.8);
    tick(0.1);
    expect(events.looped).toHaveBeenCalledTimes(1);
    tick(9.9);
    pool.seek(1);
    tick(1.1);
    expect(events.looped).toHaveBeenCalledTimes(1);
  });

  it('tells of an error and tries again', async () => {
    const { pool, events } = setUp();
    pool.activate(0);
    await settle();
    pool.element(0)!.dispatchEvent(new Event('error'));
    expect(events.failed).toHaveBeenCalledWith(0);
    pool.retry();
    await settle();
    expect(pool.element(0)?.paused).toBe(false);
  });

  it.each([
    ['on a narrow line, empties what was swiped away unfinished', 1_500_000, 3, undefined],
    ['on a narrow line, keeps what is complete', 1_500_000, 10, '/media/clips/0/360.mp4'],
    ['on a wide line, keeps it all', 20_000_000, 3, '/media/clips/0/540.mp4'],
  ])('%s', async (_name, bits, loaded, expected) => {
    const { pool, videos } = setUp(50, bits);
    for (const video of videos) video.loaded = loaded;
    pool.activate(0);
    await settle();
    pool.activate(1);
    await settle();
    expect(pool.element(0)?.getAttribute('src')).toBe(expected);
  });

  it.each([
    ['narrow', 1_500_000, 3, []],
    ['narrow, but idle', 1_500_000, 10, ['2/360', '3/360']],
    ['wide', 20_000_000, 5, ['2/540', '3/540']],
  ])('warms on a line that is %s', async (_name, bits, loaded, expected) => {
    const fetched: string[] = [];
    vi.stubGlobal('fetch', (url: string) => {
      fetched.push(url);
      return Promise.resolve(new Response(''));
    });
    const { pool, videos } = setUp(50, bits);
    for (const video of videos) video.loaded = loaded;
    pool.activate(0);
    await settle();
    expect(fetched).toEqual(expected.map((part) => `/media/clips/${part}.mp4`));
  });

  it('only warms the next clip, in its smallest version, for who saves data', async () => {
    const fetched: string[] = [];
    vi.stubGlobal('fetch', (url: string) => {
      fetched.push(url);
      return Promise.resolve(new Response(''));
    });
    vi.stubGlobal('navigator', { connection: { saveData: true } });
    const { pool } = setUp();
    pool.activate(0);
    await settle();
    expect(fetched).toEqual(['/media/clips/1/360.mp4']);
    expect(pool.element(1)).toBeUndefined();
  });

  it('shows an element only once it has a picture: until then the poster below it is seen', async () => {
    const { pool } = setUp();
    pool.activate(0);
    expect(pool.element(0)?.classList.contains('placed')).toBe(false);
    await settle();
    expect(pool.element(0)?.classList.contains('placed')).toBe(true);
  });

  it('loads a clip again that failed while it waited for its turn', async () => {
    const line = { isAway: false };
    const { pool, events } = setUp(50, 10_000_000, line);
    pool.activate(0);
    await vi.advanceTimersByTimeAsync(100);
    line.isAway = true;
    await settle();
    expect(pool.element(1)?.error).toBeTruthy();
    expect(events.failed).not.toHaveBeenCalled();
    line.isAway = false;
    pool.activate(1);
    await settle();
    expect(pool.element(1)?.paused).toBe(false);
  });

  it('plays as the viewer has set it, and goes on from where it is with another quality', async () => {
    const { pool, events } = setUp();
    pool.activate(0);
    await settle();
    pool.seek(4);
    pool.setManner({ ...PLAIN, rate: 2, volume: 0.5, quality: 'saver', loops: false });
    await settle();
    const video = pool.element(0)!;
    expect(video.getAttribute('src')).toContain('360.mp4');
    expect([video.currentTime, video.paused]).toEqual([4, false]);
    expect([video.playbackRate, video.defaultPlaybackRate, video.volume, video.loop]).toEqual([
      2,
      2,
      0.5,
      false,
    ]);
    video.dispatchEvent(new Event('ended'));
    expect(events.ended).toHaveBeenCalledWith(0);
    expect(pool.element(1)).toBeUndefined(); // who saves data only warms it
  });
});
