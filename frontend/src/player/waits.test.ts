import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { fakeClips, fakeVideo } from './fake';
import { PlayerPool, POOL_SIZE } from './PlayerPool';
import { Throughput } from './throughput';
import { PLAIN, type Manner } from './types';
import type { PoolEvents } from './events';

function setUp(manner: Partial<Manner>) {
  const videos = Array.from({ length: POOL_SIZE }, () => document.body.appendChild(fakeVideo()));
  const names = 'started settled lineFree looped ended failed stalled muteForced time paused blocked'.split(
    ' ',
  );
  const events = Object.fromEntries(names.map((name) => [name, vi.fn()])) as unknown as PoolEvents;
  const pool = new PlayerPool(videos, events, new Throughput(10_000_000), undefined, { ...PLAIN, ...manner });
  pool.setClips(fakeClips(9));
  return { videos, events, pool };
}

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

describe('a viewer who wants no clip to begin by itself', () => {
  it('sees each rest on its first frame, and is counted from their tap', async () => {
    const { pool, videos, events } = setUp({ waits: true });
    for (const index of [0, 1]) {
      pool.activate(index);
      await settle();
      expect(pool.isHeld).toBe(true);
      expect(pool.element(index)?.getAttribute('src')).toContain(`/clips/${index}/`);
      expect(videos.every((video) => video.paused)).toBe(true);
    }
    expect(events.started).not.toHaveBeenCalled();
    pool.resume();
    await settle();
    expect(events.started).toHaveBeenCalledExactlyOnceWith(1, expect.any(Number), '540');
    expect(pool.element(1)?.paused).toBe(false);
  });

  it('begins a clip once, however often it is paused', async () => {
    const { pool, events } = setUp({ waits: true });
    pool.activate(0);
    for (let i = 0; i < 3; i += 1) {
      pool.resume();
      await settle();
      pool.pause();
    }
    expect(events.started).toHaveBeenCalledOnce();
  });
});

describe('a viewer who wants to load ahead on Wi-Fi only', () => {
  it('loads the playing clip on another line, and the next one once there is Wi-Fi', async () => {
    vi.stubGlobal('navigator', { connection: { type: 'cellular' } });
    const { pool } = setUp({ isThrifty: true });
    pool.activate(0);
    await settle();
    expect(pool.element(0)?.paused).toBe(false);
    expect(pool.element(1)).toBeUndefined();
    vi.stubGlobal('navigator', { connection: { type: 'wifi' } });
    await settle();
    expect(pool.element(1)).toBeDefined();
  });

  it('loads ahead as ever where the browser does not tell', async () => {
    const { pool } = setUp({ isThrifty: true });
    pool.activate(0);
    await settle();
    expect(pool.element(1)).toBeDefined();
  });
});

describe('what can wait for a first frame', () => {
  it('loads nothing further until the frame is there', async () => {
    const { pool } = setUp({});
    pool.activate(0);
    await settle();
    const next = pool.element(1)!;
    let isShown = (): void => undefined;
    next.requestVideoFrameCallback = (tell) => {
      isShown = () => tell(0, {} as VideoFrameCallbackMetadata);
      return 1;
    };
    pool.activate(1);
    await vi.advanceTimersByTimeAsync(400);
    expect(pool.element(2)).toBeUndefined();
    isShown();
    await vi.advanceTimersByTimeAsync(300);
    expect(pool.element(2)).toBeDefined();
  });

  it('leaves a clip that was left where it is until the next one shows a frame, or has had its time', async () => {
    const { pool, events } = setUp({});
    pool.activate(0);
    await settle();
    const left = pool.element(0)!;
    const next = pool.prepare(1)!;
    let isShown = (): void => undefined;
    next.requestVideoFrameCallback = (tell) => {
      isShown = () => tell(0, {} as VideoFrameCallbackMetadata);
      return 1;
    };
    left.currentTime = 4;
    pool.activate(1);
    await vi.advanceTimersByTimeAsync(100);
    expect([left.paused, left.currentTime]).toEqual([true, 4]);
    isShown();
    expect(left.currentTime).toBe(0);
    expect(events.settled).toHaveBeenLastCalledWith(1);

    next.currentTime = 3;
    pool.activate(0);
    pool.activate(1); // back at once: from its beginning, like any clip
    expect(next.currentTime).toBe(0);
    await vi.advanceTimersByTimeAsync(600); // and its frame does not come
    expect(events.settled).toHaveBeenCalledTimes(3);
  });
});

describe('a line with nothing left to do for the clips to come', () => {
  it('is told once the next clip is there, and those after it are under way no longer', async () => {
    const answers: ((answer: Response) => void)[] = [];
    vi.stubGlobal('fetch', () => new Promise<Response>((done) => answers.push(done)));
    const { pool, events } = setUp({});
    pool.activate(0);
    await settle();
    expect(pool.element(1)?.readyState).toBeGreaterThanOrEqual(3);
    expect(events.lineFree).not.toHaveBeenCalled();
    for (const answer of answers) answer(new Response(''));
    await settle();
    expect(answers).toHaveLength(2);
    expect(events.lineFree).toHaveBeenCalled();
  });

  it('is told at the end of a list too', async () => {
    const { pool, events } = setUp({});
    pool.setClips(fakeClips(1));
    pool.activate(0);
    await settle();
    expect(events.lineFree).toHaveBeenCalled();
  });

  it('is never told to a viewer who saves data', async () => {
    const { pool, events } = setUp({ quality: 'saver' });
    pool.activate(0);
    await settle();
    expect(events.lineFree).not.toHaveBeenCalled();
  });
});
