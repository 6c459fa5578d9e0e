/** What the feed can do without until its first clip plays; it comes right after. */
import { listenToKeys } from '../app/keys';
import { session } from '../auth/session.svelte';
import { on } from '../lib/events';
import { takeTurns } from '../player/turn';
import { sendMarks } from './likesAndSaves';
import { listenToPull } from './pull';
import type { Stage } from './stage.svelte';
import { listenToWheel } from './wheel';

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
  // There before they are asked for; without a line: then.
  void import('../app/Page.svelte').catch(() => undefined);
  void import('../app/OverFeed.svelte').catch(() => undefined);
  void import('./EndSlide.svelte').catch(() => undefined);
  void import('./follow').catch(() => undefined);
  void import('../inbox/badge').then(({ startBadge }) => startBadge()).catch(() => undefined);
}
