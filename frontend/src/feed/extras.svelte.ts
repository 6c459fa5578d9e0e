/** What the feed can do without until its first clip plays; it comes right after. */
import { listenToKeys } from '../app/keys';
import { session } from '../auth/session.svelte';
import { on } from '../lib/events';
import { whenIdle } from '../lib/start.svelte';
import { takeTurns } from '../player/turn';
import { sendMarks } from './likesAndSaves';
import { listenToPull } from './pull';
import type { Stage } from './stage.svelte';
import { listenToWheel } from './wheel';

/** What is loaded ahead waits no longer for clips, on a line that is never free. */
const LATEST_MS = 6000;

export function addExtras(
  stage: Stage,
  scroller: HTMLElement,
  videos: HTMLElement,
  comments: { isOpen: boolean },
  early: readonly KeyboardEvent[],
): void {
  listenToKeys(stage, comments, early);
  listenToWheel(scroller, (by) => (by > 0 || stage.feed.active > 0) && stage.step(by));
  listenToPull(scroller, stage.feed, () => void stage.refresh());
  takeTurns(videos, () => stage.rest());
  const settle = (): void => void session.ready().then(sendMarks, () => undefined); // offline: it comes again
  addEventListener('online', () => {
    if (stage.feed.failed >= 0) stage.retry();
    settle();
  });
  on('signedIn', settle);
  settle();
  whenClipsAreThere(stage.feed, () => whenIdle(loadAhead));
}

/** Act when the clips to come are loaded, where clips are watched; else at once, and after some time at the latest. */
function whenClipsAreThere(feed: Stage['feed'], act: () => void): void {
  const go = (): void => {
    clearTimeout(timer);
    stop();
    act();
  };
  const timer = setTimeout(go, LATEST_MS);
  const stop = $effect.root(() => {
    $effect(() => {
      if (feed.isLineFree || feed.items.length === 0) go();
    });
  });
}

/** There before they are asked for; without a line: then. */
function loadAhead(): void {
  void import('../app/Page.svelte').catch(() => undefined);
  void import('./EndSlide.svelte').catch(() => undefined);
  void import('./follow').catch(() => undefined);
  void import('../inbox/badge').then(({ startBadge }) => startBadge()).catch(() => undefined);
}
