/** What works without a line is loaded when the first picture has had its time, or at once where there is none. */
import type { Stage } from '../feed/stage.svelte';
import './install.svelte'; // the browser makes its offer only once, and early

const AFTER_MS = 3000;

/** @param isOffline this page came from the service worker, because there was no line. */
export function beginOffline(stage: Stage, isOffline: boolean): void {
  if (!('serviceWorker' in navigator)) return; // an insecure page, or an old browser: all else works
  const start = (): void =>
    void import('./start').then(({ start }) => start(stage, isOffline)).catch(() => undefined); // the line was lost just now: the next visit begins again
  if (isOffline) start();
  else setTimeout(start, AFTER_MS);
}
