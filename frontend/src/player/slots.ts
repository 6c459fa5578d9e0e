/** One of the pool's four elements, and what it holds. */
import type { PoolEvents } from './events';
import { distrust } from './codecs';
import { isWhole, streamOf, type Clip, type Manner, type Rendition } from './types';

export interface Slot {
  readonly video: HTMLVideoElement;
  /** The clip it shows; -1 for none. */
  index: number;
  rendition: string;
}

/** Move the element to its clip's slide; it stays where it is in the document, and unseen until it has a picture. */
export function place(slot: Slot, clip: Clip | undefined): void {
  slot.video.style.transform = `translateY(calc(${slot.index} * 100%))`;
  slot.video.classList.toggle('whole', clip !== undefined && isWhole(clip));
}

/** Silent at first, in its place on the page; below it lies the poster, so it is seen once there is a picture to see. */
export function makeReady(video: HTMLVideoElement): void {
  video.muted = true;
  video.playsInline = true;
  video.preload = 'auto';
  video.addEventListener('loadeddata', () => video.classList.add('placed'));
}

/** Tell what the element does while its clip is the active one. */
export function tellOf(slot: Slot, events: PoolEvents, isActive: () => boolean): void {
  const { video } = slot;
  const when = (kind: string, tell: () => void): void =>
    video.addEventListener(kind, () => isActive() && tell());
  when('waiting', () => events.stalled(slot.index, true));
  when('playing', () => events.stalled(slot.index, false));
  when('ended', () => events.ended(slot.index));
  when('play', () => events.paused(slot.index, video.paused));
  when('pause', () => events.paused(slot.index, video.paused));
}

/** Play as the viewer wants clips to play. A new source falls back to the default rate, so that one is set too. */
export function follow(video: HTMLVideoElement, { rate, volume, loops }: Manner): void {
  video.defaultPlaybackRate = rate;
  video.playbackRate = rate;
  video.volume = volume;
  video.loop = loops;
}

/** Which of a clip's renditions an element has. */
export function nameOf(video: HTMLVideoElement, clip: Clip | undefined): string {
  const url = new URL(video.currentSrc || video.src, location.href).pathname;
  return clip?.renditions.find((r) => r.url === url)?.name ?? '';
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

/** Load a clip into an empty element, by itself as a stream where the browser has one. */
export function fill(slot: Slot, index: number, clip: Clip, rendition: Rendition, manner: Manner): Slot {
  const stream = manner.quality === 'auto' ? streamOf(clip, slot.video) : null;
  slot.index = index;
  slot.rendition = stream ? 'hls' : rendition.name;
  slot.video.src = stream ?? rendition.url;
  place(slot, clip);
  return slot;
}

/** Empty an element whose kind of file the browser promised to play and does not; false: another kind would not help. */
export function giveUp(slot: Slot, clip: Clip | undefined): boolean {
  const file = clip?.renditions.find(({ name }) => name === slot.rendition);
  if (!file || !distrust(file)) return false;
  release(slot);
  return true;
}

/** All but the one with clip `active`: silent, and still. */
export function restOthers(slots: readonly Slot[], active: number): void {
  for (const { index, video } of slots) {
    if (index === active) continue;
    video.pause();
    video.muted = true;
  }
}

/** All but the one with clip `active`: back to their first frame. */
export function rewindOthers(slots: readonly Slot[], active: number): void {
  for (const { index, video } of slots) {
    if (index !== active && index >= 0 && video.currentTime > 0) video.currentTime = 0;
  }
}

/** The element to reuse: a free one, else the one farthest from what plays. */
export function farthest(slots: readonly Slot[], active: number): Slot {
  const distance = (slot: Slot): number =>
    slot.index < 0 ? Infinity : Math.abs(slot.index - active) + (slot.index < active ? 0.5 : 0);
  return slots.reduce((far, slot) => (distance(slot) > distance(far) ? slot : far));
}
