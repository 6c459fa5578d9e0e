import { describe, expect, it } from 'vitest';

import { tile } from './sprite';

const SHEET = { tiles: 24, columns: 10, tile_width: 160, tile_height: 284 };

describe('tile', () => {
  it.each([
    [0, { x: 0, y: 0, width: 1600 }],
    [9, { x: 1440, y: 0, width: 1600 }],
    [10, { x: 0, y: 284, width: 1600 }],
    [23, { x: 480, y: 568, width: 1600 }],
  ])('finds picture %i', (number, place) => {
    expect(tile(SHEET, number)).toEqual(place);
  });

  it('knows a sheet of one short row', () => {
    expect(tile({ ...SHEET, tiles: 3 }, 2)).toEqual({ x: 320, y: 0, width: 480 });
  });

  it('keeps the shape of other widths', () => {
    expect(tile({ ...SHEET, tile_width: 80, tile_height: 142 }, 10).y).toBe(284);
  });
});
