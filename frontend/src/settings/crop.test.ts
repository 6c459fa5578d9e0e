import { describe, expect, it } from 'vitest';

import { MIDDLE, MOST_ZOOM, moved, square, zoomed } from './crop';

const WIDE = { width: 400, height: 200 };

describe('square', () => {
  it('is the largest in the middle to begin with', () => {
    expect(square(WIDE, MIDDLE)).toEqual({ left: 100, top: 0, edge: 200 });
  });
});

describe('moved', () => {
  it('takes the picture along with the finger', () => {
    expect(square(WIDE, moved(WIDE, MIDDLE, 0.25, 0)).left).toBe(50);
    expect(square(WIDE, moved(WIDE, MIDDLE, -0.25, 0)).left).toBe(150);
  });

  it('never leaves the picture', () => {
    expect(square(WIDE, moved(WIDE, MIDDLE, 9, 9))).toEqual({ left: 0, top: 0, edge: 200 });
    const near = zoomed(WIDE, MIDDLE, 2);
    expect(square(WIDE, moved(WIDE, near, -9, -9))).toEqual({ left: 300, top: 100, edge: 100 });
  });
});

describe('zoomed', () => {
  it('keeps the middle where it is', () => {
    const { left, top, edge } = square(WIDE, zoomed(WIDE, { ...MIDDLE, x: 0.25 }, 2));
    expect([left + edge / 2, top + edge / 2, edge]).toEqual([150, 100, 100]);
  });

  it('goes no further than it makes sense, and back into the picture', () => {
    expect(zoomed(WIDE, MIDDLE, 99).zoom).toBe(MOST_ZOOM);
    const corner = moved(WIDE, zoomed(WIDE, MIDDLE, 4), 9, 9);
    expect(square(WIDE, zoomed(WIDE, corner, 0))).toEqual({ left: 0, top: 0, edge: 200 });
  });
});
