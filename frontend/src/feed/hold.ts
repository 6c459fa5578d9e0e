/** A finger that rests at the edge of a clip makes it twice as fast for as long; one that slides aside locks that. */
import { playback } from './playback.svelte';

const EDGE_SHARE = 0.25;
const LOCK_PX = 32;

/** Whether a press is at the left or right edge of an element. */
export function isAtEdge(press: { readonly clientX: number }, element: Element): boolean {
  const { left, width } = element.getBoundingClientRect();
  const share = (press.clientX - left) / width;
  return share < EDGE_SHARE || share > 1 - EDGE_SHARE;
}

/** From this press on. */
export function holdFast(press: { readonly clientX: number }): void {
  const leaving = new AbortController();
  const { signal } = leaving;
  playback.isFast = true;
  const move = ({ clientX }: PointerEvent): void => {
    if (Math.abs(clientX - press.clientX) > LOCK_PX) playback.isLocked = true;
  };
  const end = (): void => {
    leaving.abort();
    if (!playback.isLocked) playback.unlock();
  };
  addEventListener('pointermove', move, { signal });
  for (const name of ['pointerup', 'pointercancel'] as const) addEventListener(name, end, { signal });
}
