/** Tells of each clip once it has been watched. */
import type { Item } from '../feed/kinds';
import type { Stage } from '../feed/stage.svelte';
import { isWatched } from './keeper';

export function onWatched(stage: Stage, tell: (item: Item) => void): void {
  let last = '';
  $effect.root(() => {
    $effect(() => {
      const { current, time, duration, kind } = stage.feed;
      if (!current || current.id === last || kind === 'offline' || !isWatched(time, duration)) return;
      last = current.id;
      tell($state.snapshot(current) as Item);
    });
  });
}
