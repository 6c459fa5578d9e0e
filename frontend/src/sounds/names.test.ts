import { describe, expect, it } from 'vitest';

import { soundName } from './names';

describe('soundName', () => {
  it.each([
    [{ name: '', handle: 'ana' }, 'Original sound · @ana'],
    [{ name: 'Rain', handle: 'ana' }, 'Rain · @ana'],
    [{ name: 'Rain', owner: null }, 'Rain'],
    [{ name: '', owner: { handle: 'ben' } }, 'Original sound · @ben'],
    [{ name: '', handle: '' }, 'Original sound'],
  ])('calls %o %s', (sound, name) => {
    expect(soundName(sound)).toBe(name);
  });
});
