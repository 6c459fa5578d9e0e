import { describe, expect, it } from 'vitest';

import { SoundChoice, type Sound } from './choice.svelte';

const sound = (length_ms: number): Sound => ({ id: 'a', length_ms }) as Sound;

describe('SoundChoice', () => {
  it('says nothing while nothing is chosen', () => {
    expect(new SoundChoice().body).toBeNull();
  });

  it('starts at the front, with the sound alone to be heard', () => {
    const choice = new SoundChoice();
    choice.choose(sound(8000));
    expect(choice.body).toEqual({ id: 'a', start_ms: 0, sound_percent: 100, own_percent: 0 });
  });

  it('never begins where nothing is left to hear', () => {
    const choice = new SoundChoice();
    choice.choose(sound(8000));
    choice.startMs = 7900;
    expect(choice.body?.start_ms).toBe(7000);
    choice.choose(sound(500));
    expect(choice.body?.start_ms).toBe(0);
  });

  it('forgets what was set for another sound', () => {
    const choice = new SoundChoice();
    choice.choose(sound(8000));
    choice.startMs = 3000;
    choice.ownPercent = 50;
    choice.choose(sound(9000));
    expect(choice.body).toEqual({ id: 'a', start_ms: 0, sound_percent: 100, own_percent: 0 });
  });
});
