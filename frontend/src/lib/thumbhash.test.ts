import { describe, expect, it } from 'vitest';

import { decode } from './thumbhash';

/** A hash with these amplitudes in its first light waves, portrait: 3 waves across, 7 down. */
function hash(light: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(24).fill(0x77);
  const header = 32 | (32 << 6) | (32 << 12) | (8 << 18); // half as bright as can be, no colour, low waves
  bytes.set([header & 255, (header >> 8) & 255, header >> 16, 3, 0]);
  light.forEach((value, i) => {
    const at = 5 + (i >> 1);
    bytes[at] = i & 1 ? (bytes[at]! & 15) | (value << 4) : (bytes[at]! & 0xf0) | value;
  });
  return bytes;
}

describe('decode', () => {
  it('keeps the shape', () => {
    const { width, height, pixels } = decode(hash([]));
    expect([width, height]).toEqual([14, 32]);
    expect(pixels.length).toBe(14 * 32 * 4);
    expect(pixels.filter((_, i) => i % 4 === 3).every((alpha) => alpha === 255)).toBe(true);
  });

  it('paints a wave across: bright on one side, dark on the other', () => {
    const { width, pixels } = decode(hash([15]));
    const light = (x: number): number => pixels[x * 4]!;
    expect(light(0)).toBeGreaterThan(light(width / 2));
    expect(light(width / 2)).toBeGreaterThan(light(width - 1));
  });
});
