/** One of the pool's four elements, and what it holds. */
import { isWhole, type Clip } from './types';

export interface Slot {
  readonly video: HTMLVideoElement;
  /** The clip it shows; -1 for none. */
  index: number;
  rendition: string;
}

/** Move the element to its clip's slide; it stays where it is in the document. */
export function place(slot: Slot, clip: Clip | undefined): void {
  slot.video.style.transform = `translateY(calc(${slot.index} * 100%))`;
  slot.video.classList.add('placed');
  slot.video.classList.toggle('whole', clip !== undefined && isWhole(clip));
}

/** Silent at first, round and round, in its place on the page. */
export function makeReady(video: HTMLVideoElement): void {
  video.muted = true;
  video.loop = true;
  video.playsInline = true;
  video.preload = 'auto';
}

/** Call `tell` once the element shows a moving picture. */
export function onFirstFrame(video: HTMLVideoElement, tell: () => void): void {
  if (typeof video.requestVideoFrameCallback === 'function') video.requestVideoFrameCallback(tell);
  else video.addEventListener('playing', tell, { once: true });
}

/** Empty the element: no sound, no source, no connection. */
export function release(slot: Slot): void {
  slot.video.pause();
  slot.video.muted = true;
  slot.index = -1;
  slot.video.classList.remove('placed');
  if (!slot.video.hasAttribute('src')) return;
  slot.video.removeAttribute('src');
  slot.video.removeAttribute('poster');
  slot.video.load();
}

/** Silent, at rest, on its first frame. */
export function rewind(slot: Slot): void {
  slot.video.pause();
  slot.video.muted = true;
  if (slot.index >= 0 && slot.video.currentTime > 0) slot.video.currentTime = 0;
}

/** The element to reuse: a free one, else the one farthest from what plays. */
export function farthest(slots: readonly Slot[], active: number): Slot {
  const distance = (slot: Slot): number =>
    slot.index < 0 ? Infinity : Math.abs(slot.index - active) + (slot.index < active ? 0.5 : 0);
  return slots.reduce((far, slot) => (distance(slot) > distance(far) ? slot : far));
}
