import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { apply, look, setLook } from './look';

const { dataset } = document.documentElement;
/** A device that says yes to these. */
const device = (...wishes: string[]): void => {
  const matches = (query: string): boolean => wishes.some((wish) => query.includes(wish));
  vi.stubGlobal('matchMedia', (query: string) => ({ matches: matches(query) }));
};

beforeEach(() => {
  localStorage.clear();
  device();
});
afterEach(() => vi.unstubAllGlobals());

describe('look', () => {
  it('is dark, and else as the device has it', () => {
    apply();
    expect({ ...dataset }).toEqual({ theme: 'dark' });
    device('reduced-motion', 'contrast', 'color-scheme: light');
    apply();
    expect({ ...dataset }).toEqual({ theme: 'dark', motion: 'less', contrast: 'more' });
  });

  it('follows the device in colours only when that was chosen', () => {
    device('color-scheme: light');
    setLook({ theme: 'auto' });
    expect(dataset['theme']).toBe('light');
    setLook({ theme: 'dark' });
    expect(dataset['theme']).toBe('dark');
  });

  it('is kept, and put on the page', () => {
    setLook({ text: 150, hand: 'left' });
    setLook({ motion: 'less', contrast: 'more' });
    expect({ ...dataset }).toEqual({
      theme: 'dark',
      motion: 'less',
      contrast: 'more',
      text: '150',
      hand: 'left',
    });
    expect(look()).toEqual({ theme: 'dark', motion: 'less', contrast: 'more', text: 150, hand: 'left' });
    setLook({ text: 100, hand: 'auto', motion: 'auto', contrast: 'auto' });
    expect({ ...dataset }).toEqual({ theme: 'dark' });
  });

  it('takes from a broken store only what there is to choose', () => {
    localStorage.setItem('revue.theme', 'pink');
    localStorage.setItem('revue.look', '{"text": 400, "hand": "left", "motion": {}}');
    expect(look()).toEqual({ theme: 'dark', motion: 'auto', contrast: 'auto', text: 100, hand: 'left' });
    localStorage.setItem('revue.look', 'null');
    expect(look().text).toBe(100);
  });
});
