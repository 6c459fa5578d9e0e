/** Where a small picture lies on its sheet. */
import type { Schemas } from '../api/client';

export const TILE_WIDTH = 160;

/** The place of picture `number` when each is shown `shown` pixels wide, and the whole sheet's width then. */
export function tile(
  sprite: Pick<Schemas['SpriteOut'], 'tiles' | 'columns' | 'tile_width' | 'tile_height'>,
  number: number,
  shown = TILE_WIDTH,
): { x: number; y: number; width: number } {
  const height = (shown * sprite.tile_height) / sprite.tile_width;
  const columns = Math.min(sprite.columns, sprite.tiles);
  return {
    x: (number % sprite.columns) * shown,
    y: Math.floor(number / sprite.columns) * height,
    width: columns * shown,
  };
}
