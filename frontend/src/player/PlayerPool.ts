/**
 * Four <video> elements that play an endless list: one plays, its neighbours wait with their first frames ready.
 * The elements are never removed or moved to another parent: phones grant sound to an element, not to a page.
 */
import { distrust, playsWell } from './codecs';
import type { PoolEvents } from './events';
import { choose, isComplete, Preloader } from './preload';
import { farthest, makeReady, onFirstFrame, place, release, rewind, type Slot } from './slots';
import { connection, type Throughput } from './throughput';
import { streamOf, type Clip, type Rendition } from './types';

export const POOL_SIZE = 4;
/** More than two activations within this are a flick: nothing loads until the finger rests. */
const FLICK_MS = 1000;
const FLICK_COUNT = 2;
const REST_MS = 150;
const CHECK_MS = 250;

export class PlayerPool {
  readonly #slots: Slot[];
  readonly #preloader: Preloader;
  #clips: readonly Clip[] = [];
  #active = -1;
  #isMuted = true;
  #isHeld = false;
  #isSuspended = false;
  #activatedAt = 0;
  #recent: number[] = [];
  #lastTime = 0;
  #rest: ReturnType<typeof setTimeout> | undefined;
  readonly #check: ReturnType<typeof setInterval>;

  /** @param videos exactly four elements, in the document already. */
  constructor(
    videos: readonly HTMLVideoElement[],
    private readonly events: PoolEvents,
    private readonly throughput: Throughput,
    private readonly shortEdge: () => number = () => 720,
  ) {
    if (videos.length !== POOL_SIZE)
      throw new Error(`a pool has ${POOL_SIZE} elements, not ${videos.length}`);
    this.#preloader = new Preloader(this, throughput);
    this.#slots = videos.map((video) => ({ video, index: -1, rendition: '' }));
    for (const slot of this.#slots) this.#prepare(slot);
    this.#check = setInterval(() => this.#preloader.run(), CHECK_MS);
  }

  get active(): number {
    return this.#active;
  }

  get isMuted(): boolean {
    return this.#isMuted;
  }

  /** The element that shows clip `index`, if any does. */
  element(index: number): HTMLVideoElement | undefined {
    return this.#slots.find((slot) => slot.index === index)?.video;
  }

  /** The rendition of clip `index` that suits the line and the screen now. */
  rendition(index: number): Rendition | undefined {
    const clip = this.#clips[index];
    return clip && choose(clip, this.throughput.bits, this.shortEdge(), connection().saveData ?? false);
  }

  /** Load clip `index` into an element, paused on its first frame. */
  prepare(index: number): HTMLVideoElement | undefined {
    return this.#load(index)?.video;
  }

  releaseUnfinishedBefore(index: number): void {
    for (const slot of this.#slots) {
      if (slot.index >= 0 && slot.index < index && !isComplete(slot.video)) release(slot);
    }
  }

  /** Say what there is to play. Clips may be appended or replaced; a playing one goes on when it stays the same. */
  setClips(clips: readonly Clip[]): void {
    const before = this.#clips;
    this.#clips = clips;
    for (const clip of clips) clip.renditions.forEach(playsWell); // the answers are there when they are needed
    if (clips.length === 0) this.#active = -1;
    for (const slot of this.#slots) {
      if (slot.index >= 0 && clips[slot.index]?.id !== before[slot.index]?.id) release(slot);
    }
    if (this.#active >= 0 && !this.element(this.#active) && clips[this.#active]) this.activate(this.#active);
  }

  /** Adopt an element that the server's HTML began to play. */
  adopt(video: HTMLVideoElement, index: number): void {
    const slot = this.#slots.find((candidate) => candidate.video === video);
    if (!slot) return;
    slot.index = index;
    const url = new URL(video.currentSrc || video.src, location.href).pathname;
    slot.rendition = this.#clips[index]?.renditions.find((r) => r.url === url)?.name ?? '';
    place(slot, this.#clips[slot.index]);
  }

  /** Make clip `index` the one that plays; every other pauses and goes back to its first frame. */
  activate(index: number): void {
    if (!this.#clips[index] || (index === this.#active && this.element(index))) return;
    const now = performance.now();
    this.#recent = [...this.#recent.filter((at) => now - at < FLICK_MS), now];
    const isFlick = this.#recent.length > FLICK_COUNT;
    this.#active = index;
    this.#activatedAt = now;
    this.#isHeld = false;
    for (const slot of this.#slots) if (slot.index !== index) rewind(slot);
    clearTimeout(this.#rest);
    this.#preloader.stop(); // what plays now comes first
    if (isFlick && !this.element(index)) {
      this.#rest = setTimeout(() => this.#show(index), REST_MS);
    } else {
      this.#show(index);
    }
  }

  #show(index: number): void {
    const slot = this.#load(index);
    if (!slot) return;
    slot.video.muted = this.#isMuted;
    this.#watchFirstFrame(slot, index);
    void this.#play(slot);
  }

  pause(): void {
    this.#isHeld = true;
    this.element(this.#active)?.pause();
  }

  resume(): void {
    this.#isHeld = false;
    const slot = this.#slotOf(this.#active);
    if (slot) void this.#play(slot);
  }

  get isHeld(): boolean {
    return this.#isHeld;
  }

  setMuted(isMuted: boolean): void {
    this.#isMuted = isMuted;
    for (const slot of this.#slots) slot.video.muted = isMuted || slot.index !== this.#active;
    if (!isMuted && !this.#isHeld) this.resume();
  }

  /** Jump to a second of the playing clip. */
  seek(seconds: number): void {
    const video = this.element(this.#active);
    if (!video || !Number.isFinite(video.duration)) return;
    video.currentTime = Math.min(Math.max(0, seconds), video.duration);
    this.#lastTime = video.currentTime; // a jump back is not a loop
  }

  /** Try the playing clip again after an error. */
  retry(): void {
    const slot = this.#slotOf(this.#active);
    if (slot) release(slot);
    this.#show(this.#active);
  }

  /** The page is out of sight: nothing plays, nothing loads. */
  suspend(): void {
    this.#isSuspended = true;
    this.#preloader.stop();
    clearTimeout(this.#rest);
    for (const slot of this.#slots) slot.video.pause();
  }

  /** The page is back. */
  wake(): void {
    this.#isSuspended = false;
    if (this.#isHeld || !this.#clips[this.#active]) return;
    this.#activatedAt = performance.now();
    this.#show(this.#active);
  }

  destroy(): void {
    clearInterval(this.#check);
    clearTimeout(this.#rest);
    this.#preloader.stop();
    for (const slot of this.#slots) release(slot);
  }

  #slotOf(index: number): Slot | undefined {
    return this.#slots.find((slot) => slot.index === index);
  }

  #prepare(slot: Slot): void {
    const { video } = slot;
    makeReady(video);
    video.addEventListener('error', () => this.#fail(slot));
    video.addEventListener('timeupdate', () => this.#tick(slot));
    const whenActive = (kind: string, tell: () => void): void =>
      video.addEventListener(kind, () => slot.index === this.#active && tell());
    whenActive('waiting', () => this.events.stalled(slot.index, true));
    whenActive('playing', () => this.events.stalled(slot.index, false));
    whenActive('play', () => this.events.paused(slot.index, video.paused));
    whenActive('pause', () => this.events.paused(slot.index, video.paused));
  }

  /** A kind of file that the browser promised to play and does not is given up for H.264. */
  #fail(slot: Slot): void {
    const { index, video, rendition } = slot;
    if (!video.src || index < 0) return;
    const file = this.#clips[index]?.renditions.find((r) => r.name === rendition);
    if (file && distrust(file)) {
      release(slot);
      if (index === this.#active) this.#show(index);
    } else if (index === this.#active) {
      this.events.failed(index);
    }
  }

  #tick(slot: Slot): void {
    if (slot.index !== this.#active) return;
    const now = slot.video.currentTime;
    if (now + 0.5 < this.#lastTime && this.#lastTime > slot.video.duration - 0.6)
      this.events.looped(slot.index);
    this.#lastTime = now;
    this.events.time(slot.index, now, slot.video.duration || 0);
  }

  #load(index: number): Slot | undefined {
    const clip = this.#clips[index];
    const rendition = this.rendition(index);
    const loaded = this.#slotOf(index);
    if (!clip || !rendition || loaded) return loaded;
    const slot = farthest(this.#slots, this.#active);
    release(slot);
    slot.index = index;
    const stream = streamOf(clip, slot.video);
    slot.rendition = stream ? 'hls' : rendition.name;
    if (clip.poster_small_url) slot.video.poster = clip.poster_small_url;
    slot.video.src = stream ?? rendition.url;
    place(slot, this.#clips[slot.index]);
    return slot;
  }

  async #play(slot: Slot): Promise<void> {
    if (this.#isSuspended) return;
    try {
      await slot.video.play();
    } catch (error) {
      if (error instanceof DOMException && error.name === 'NotAllowedError') await this.#playSilently(slot);
    } finally {
      if (slot.index !== this.#active || this.#isHeld || this.#isSuspended) slot.video.pause();
    }
  }

  /** Sound is not allowed yet: play without, and say so; not even that: wait for a tap. */
  async #playSilently(slot: Slot): Promise<void> {
    if (!this.#isMuted) {
      this.#isMuted = true;
      this.events.muteForced();
    }
    slot.video.muted = true;
    try {
      await slot.video.play();
    } catch {
      if (slot.index !== this.#active) return;
      this.#isHeld = true;
      this.events.blocked(slot.index);
    }
  }

  #watchFirstFrame(slot: Slot, index: number): void {
    const began = this.#activatedAt;
    this.#lastTime = 0;
    const tell = (): void => {
      if (this.#active === index && this.#activatedAt === began) {
        this.events.started(index, performance.now() - began, slot.rendition);
      }
    };
    onFirstFrame(slot.video, tell);
  }
}
