/** A finger that pulls the first video down fetches the feed anew. */
import type { FeedState } from './feed.svelte';
import { isList } from './kinds';

/** Pixels of the finger for the whole way. */
const WAY_PX = 120;
/** Less than this is a tap that trembles. */
const SLACK_PX = 12;

export function listenToPull(scroller: HTMLElement, feed: FeedState, refresh: () => void): void {
  let from: number | null = null;
  const begin = (event: TouchEvent): void => {
    const isAtTop = feed.active === 0 && scroller.scrollTop <= 0 && isList(feed.kind);
    from = isAtTop && event.touches.length === 1 ? event.touches[0]!.clientY : null;
  };
  const move = (event: TouchEvent): void => {
    if (from === null) return;
    const way = event.touches[0]!.clientY - from - SLACK_PX;
    feed.pull = Math.min(1, Math.max(0, way / WAY_PX));
  };
  const end = (): void => {
    const isFar = feed.pull === 1;
    from = null;
    feed.pull = 0;
    if (isFar) refresh();
  };
  const cancel = (): void => {
    from = null;
    feed.pull = 0;
  };
  scroller.addEventListener('touchstart', begin, { passive: true });
  scroller.addEventListener('touchmove', move, { passive: true });
  scroller.addEventListener('touchend', end);
  scroller.addEventListener('touchcancel', cancel);
}
