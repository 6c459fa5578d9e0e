/** Whether anybody is before the page: a hidden one plays nothing, and one that is left tells what it knows. */
import type { PlayerPool } from '../player/PlayerPool';
import type { WatchLog } from '../player/WatchLog';
import type { FeedState } from './feed.svelte';
import { keepPlace } from './place';

export interface Watched {
  readonly feed: FeedState;
  readonly log: WatchLog;
  readonly pool: PlayerPool;
  /** Whether no other page of the app covers the feed. */
  isShown(): boolean;
  /** Play on. */
  wake(): void;
}

export function mindPresence(watched: Watched): void {
  const { feed, log, pool } = watched;
  const keep = (): void => {
    if (feed.current && watched.isShown()) keepPlace(feed.current.id, feed.time);
  };

  function turn(): void {
    if (document.hidden && document.pictureInPictureElement) return; // it plays on above other windows
    if (document.hidden) {
      keep();
      pool.suspend();
      log.playing(false);
      void log.flush(true);
    } else if (watched.isShown()) {
      watched.wake();
    }
  }

  function leave(): void {
    keep();
    log.end('exit');
    void log.flush(true);
  }

  document.addEventListener('visibilitychange', turn);
  addEventListener('pagehide', leave);
}
