/** Everything that works without a line: the service worker, the clips that were watched, and what is said of it. */
import { mount } from 'svelte';

import type { Stage } from '../feed/stage.svelte';
import { line } from '../lib/line.svelte';
import { Keeper } from './keeper';
import Notes from './Notes.svelte';
import { Update } from './update.svelte';
import { onWatched } from './watch.svelte';

export function start(stage: Stage, isOffline: boolean): void {
  const keeper = new Keeper();
  const update = new Update();
  mount(Notes, { target: document.body, props: { stage, clips: keeper.clips, update, isOffline } });
  onWatched(stage, (item) => keeper.watched(item));
  if (isOffline) {
    line.isOff = true;
    void keeper.clips.items().then((items) => stage.replay(items));
  } else {
    void keeper.check();
  }
  // A browser that forbids workers for this site has the app as it always was.
  void update.register(navigator.serviceWorker).catch(() => undefined);
}
