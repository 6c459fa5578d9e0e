import { beforeEach, describe, expect, it } from 'vitest';

import { PLAIN } from '../player/types';
import { holdFast, isAtEdge } from './hold';
import { playback, Playback } from './playback.svelte';

beforeEach(() => localStorage.clear());

describe('Playback', () => {
  it('keeps what was chosen, also over a store that was broken', () => {
    localStorage.setItem('revue.playback', '{');
    const first = new Playback();
    expect(first.manner).toEqual(PLAIN);
    first.set({ quality: 720, autoScroll: true });
    first.step(1);
    expect(new Playback().manner).toEqual({ ...PLAIN, rate: 1.5, quality: 720, loops: false });
  });

  it('has no speed beyond the fastest and the slowest', () => {
    const own = new Playback();
    for (let i = 0; i < 5; i += 1) own.step(1);
    expect(own.wishes.speed).toBe(2);
    for (let i = 0; i < 9; i += 1) own.step(-1);
    expect(own.wishes.speed).toBe(0.5);
  });
});

describe('holdFast', () => {
  const move = (clientX: number): void => {
    dispatchEvent(new MouseEvent('pointermove', { clientX }));
  };
  const rate = (): number => playback.manner.rate;

  it('lasts as long as the finger rests', () => {
    holdFast({ clientX: 20 });
    expect(rate()).toBe(2);
    dispatchEvent(new Event('pointerup'));
    expect(rate()).toBe(1);
  });

  it('lasts until the next tap once the finger has slid', () => {
    holdFast({ clientX: 20 });
    move(40);
    expect(playback.isLocked).toBe(false);
    move(70);
    dispatchEvent(new Event('pointerup'));
    expect(rate()).toBe(2);
    expect(playback.unlock()).toBe(true);
    expect(rate()).toBe(1);
  });

  it('is for the outer quarters only', () => {
    const element = { getBoundingClientRect: () => ({ left: 100, width: 400 }) } as unknown as Element;
    expect([120, 190, 210, 390, 420].map((clientX) => isAtEdge({ clientX }, element))).toEqual([
      true,
      true,
      false,
      false,
      true,
    ]);
  });
});
