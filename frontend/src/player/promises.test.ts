/** What the player promises, whatever viewers, tabs and lines do: ten thousand random steps, the same each time. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { fakeClips, fakeVideo } from './fake';
import { PlayerPool, POOL_SIZE } from './PlayerPool';
import { Throughput } from './throughput';
import { PLAIN, type Quality } from './types';

const CLIPS = 60;
const STEPS = 10_000;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('')));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function randomFrom(seed: number): (below: number) => number {
  return (below) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return (seed >>> 8) % below;
  };
}

it('keeps its promises over ten thousand random steps', async () => {
  const random = randomFrom(20_261_123);
  const one = <T>(of: readonly T[]): T => of[random(of.length)]!;
  const line = { isAway: false };
  const stage = document.body.appendChild(document.createElement('div'));
  const videos = Array.from({ length: POOL_SIZE }, () => stage.appendChild(fakeVideo(line)));
  /** The clip that the viewer has been told of that it would not play. */
  let told = -1;
  const events = new Proxy({} as ConstructorParameters<typeof PlayerPool>[1], {
    get: (_, name) => (index: number) => name === 'failed' && (told = index),
  });
  const pool = new PlayerPool(videos, events, new Throughput(10_000_000));
  pool.setClips(fakeClips(CLIPS));
  const go = (index: number): void => {
    const clip = Math.min(CLIPS - 1, Math.max(0, index));
    if (clip !== pool.active) told = -1;
    pool.activate(clip);
  };
  const steps: (() => void)[] = [
    () => go(pool.active + 1),
    () => go(pool.active + 1),
    () => go(pool.active - 1),
    () => go(random(CLIPS)),
    () => (pool.isHeld ? pool.resume() : pool.pause()),
    () => pool.setMuted(random(2) === 0),
    () => pool.seek(random(12)),
    () => pool.suspend(),
    () => pool.wake(),
    () => pool.retry(),
    () => (line.isAway = random(3) === 0),
    () => (one(videos).refuses = one(['nothing', 'nothing', 'sound', 'everything'] as const)),
    () =>
      pool.setManner({
        ...PLAIN,
        rate: 1 + random(2),
        waits: random(4) === 0,
        quality: one<Quality>(['auto', 'auto', 'saver', 360]),
      }),
    () => pool.setClips(fakeClips(CLIPS)),
  ];
  for (let step = 0; step < STEPS; step += 1) {
    one(steps)();
    await vi.advanceTimersByTimeAsync(random(4) * 90);
    const playing = videos.filter((video) => !video.paused);
    expect(playing.filter((video) => !video.muted).length, `audible at step ${step}`).toBeLessThanOrEqual(1);
    expect(playing.every((video) => video === pool.element(pool.active))).toBe(true);
    expect([...stage.children]).toEqual(videos);
    const isBlack = videos.some((video) => video.classList.contains('placed') && video.readyState < 2);
    expect(isBlack, `black above a poster at step ${step}`).toBe(false);
    if (pool.element(pool.active)?.error) expect(told, `an error told at step ${step}`).toBe(pool.active);
  }
  line.isAway = false;
  for (const video of videos) video.refuses = 'nothing';
  pool.wake();
  pool.retry();
  await vi.advanceTimersByTimeAsync(600);
  expect(pool.element(pool.active)?.paused).toBe(false);
  pool.destroy();
  expect(videos.every((video) => video.paused && !video.hasAttribute('src'))).toBe(true);
}, 60_000);
