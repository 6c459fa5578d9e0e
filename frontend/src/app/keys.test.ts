import { describe, expect, it, vi } from 'vitest';

import { KEYS } from '../feed/keysHelp';
import { playback } from '../feed/playback.svelte';
import type { Stage } from '../feed/stage.svelte';
import { on } from '../lib/events';
import { actions, handleKey } from './keys';

const stage = { feed: { sheet: '', isMuted: true }, toggle: vi.fn(), setMuted: vi.fn(), step: vi.fn() };
const ours = stage as unknown as Stage;
const comments = { isOpen: false };
const press = (key: string, init: KeyboardEventInit = {}, target: Element = document.body): boolean => {
  const event = new KeyboardEvent('keydown', { key, cancelable: true, ...init });
  Object.defineProperty(event, 'target', { value: target });
  handleKey(event, ours, comments);
  return event.defaultPrevented;
};

describe('handleKey', () => {
  it('knows every key of the list, and has none that the list lacks', () => {
    const listed = KEYS.flatMap(({ keys }) => keys.map(({ key }) => key));
    expect(Object.keys(actions(ours, comments)).sort()).toEqual([...listed].sort());
  });

  it('does once what a held key would do again and again, but steps on', () => {
    press('M', { repeat: true });
    expect(stage.setMuted).not.toHaveBeenCalled();
    press('M');
    press('j', { repeat: true });
    expect(stage.setMuted).toHaveBeenCalledWith(false);
    expect(stage.step).toHaveBeenCalledWith(1);
  });

  it('turns subtitles off where they show, and on for good where they do not', () => {
    const told: string[] = [];
    const stop = on('toast', (words) => told.push(words));
    press('s');
    expect(playback.wishes.subtitles).toBe('never');
    press('s');
    expect(playback.wishes.subtitles).toBe('always');
    expect(told).toEqual(['Subtitles off', 'Subtitles on']);
    stop();
  });

  it('leaves alone who types, other shortcuts, Space on a button and the volume', () => {
    const field = document.createElement('textarea');
    const button = document.createElement('button');
    const volume = document.createElement('input');
    volume.type = 'range';
    volume.setAttribute('aria-label', 'Volume');
    stage.step.mockClear();
    expect(press('j', {}, field)).toBe(false);
    expect(press('j', { ctrlKey: true })).toBe(false);
    expect(press(' ', {}, button)).toBe(false);
    expect(press('ArrowDown', {}, volume)).toBe(false);
    expect(stage.step).not.toHaveBeenCalled();
    expect(press('j', {}, button)).toBe(true);
  });
});
