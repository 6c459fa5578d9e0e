/** Tells of each clip that has been watched, once the line has nothing to do for the clips to come. */
import type { Item } from '../feed/kinds';
import type { Stage } from '../feed/stage.svelte';
import { isWatched } from './keeper';

export function onWatched(stage: Stage, tell: (item: Item) => Promise<void>): void {
  let last = '';
  const waiting: Item[] = [];
  let isTelling = false;
  $effect.root(() => {
    $effect(() => {
      const { current, time, duration, kind } = stage.feed;
      if (current && current.id !== last && kind !== 'offline' && isWatched(time, duration)) {
        last = current.id;
        waiting.push($state.snapshot(current) as Item);
      }
      if (stage.feed.isLineFree) void tellNext();
    });
  });

  async function tellNext(): Promise<void> {
    const item = isTelling ? undefined : waiting.shift();
    if (!item) return;
    isTelling = true;
    await tell(item).finally(() => (isTelling = false));
  }
}
