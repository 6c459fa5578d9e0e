/** How the watch log names a video of the feed. */
import type { Shown, Surface } from '../player/WatchLog';
import type { Item } from './kinds';

export function shownAs(item: Item, index: number, modelVersion: string): Shown {
  const source: Surface = item.source === 'foryou' || item.source === 'following' ? item.source : 'link';
  return {
    id: item.id,
    source,
    position: item.position ?? index,
    durationMs: item.duration_ms,
    ...(item.propensity === undefined ? {} : { propensity: item.propensity }),
    ...(source === 'link' ? {} : { modelVersion }),
  };
}
