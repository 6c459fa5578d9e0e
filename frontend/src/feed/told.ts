/** What the player tells, for the feed's state and the watch log; and what it asks. */
import type { PoolEvents } from '../player/events';
import type { WatchLog } from '../player/WatchLog';
import { AHEAD, type FeedState } from './feed.svelte';

export function told(feed: FeedState, log: WatchLog, ended: () => void): PoolEvents {
  return {
    started: (_index, ttff, rendition) => log.started(ttff, rendition),
    settled: (index) => lookAhead(feed, index),
    lineFree: () => (feed.isLineFree = true),
    looped: () => log.looped(),
    ended: () => {
      log.looped();
      ended();
    },
    failed: (index) => (feed.failed = index),
    stalled: (_index, isStalled) => {
      feed.isStalled = isStalled;
      log.playing(!isStalled);
    },
    blocked: () => (feed.isHeld = true),
    muteForced: () => (feed.isMuted = true),
    time: (_index, seconds, duration) => {
      feed.tick(seconds, duration);
      log.position(seconds);
    },
    paused: (_index, isPaused) => log.playing(!isPaused),
  };
}

/** The active video shows: now there is time for what lies further on. */
function lookAhead(feed: FeedState, index: number): void {
  feed.settled = index;
  if (index >= 0) void (feed.items.length - index <= AHEAD ? feed.more() : feed.renew());
}

/** Device pixels of the shorter edge of the place a clip is shown in. */
export function shortEdge({ clientWidth, clientHeight }: Element): number {
  return Math.min(clientWidth, (clientHeight * 9) / 16) * Math.min(2, devicePixelRatio);
}

/** Whether the next video may come by itself: not away from photos, nor from what the viewer reads or writes. */
export function mayGoOn(feed: FeedState): boolean {
  const isBusy = document.querySelector('dialog[open], #feed.beside') !== null;
  const hasNext = feed.items.length > feed.active + 1 || feed.isOver;
  return hasNext && !isBusy && feed.current?.photos.length === 0;
}
