/**
 * Four <video> elements that play an endless list: one plays, its neighbours wait with their first frames ready.
 * The elements are never removed or moved to another parent: phones grant sound to an element, not to a page.
 */
import { choose, isSafe, Warmer } from './preload';
import { place, release, rewind, type Slot } from './slots';
import { connection, type Throughput } from './throughput';
import type { Clip } from './types';

export const POOL_SIZE = 4;
/** Two activations within this are a flick: nothing loads until the finger rests. */
const FLICK_MS = 500;
const REST_MS = 150;
const CHECK_MS = 250;
const HAVE_FUTURE_DATA = 3;

export interface PoolEvents {
  /** A clip began to show frames; `ttff` is ms since it was activated. */
  started(index: number, ttff: number, rendition: string): void;
  looped(index: number): void;
  failed(index: number): void;
  stalled(index: number, isStalled: boolean): void;
  /** Sound was refused by the browser: the session is muted again. */
  muteForced(): void;
  time(index: number, seconds: number, duration: number): void;
  paused(index: number, isPaused: boolean): void;
}

export class PlayerPool {
  readonly #slots: Slot[];
  readonly #warmer = new Warmer();
  #clips: readonly Clip[] = [];
  #active = -1;
  #isMuted = true;
  #isHeld = false;
  #activatedAt = 0;
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
    this.#slots = videos.map((video) => ({ video, index: -1, rendition: '' }));
    for (const slot of this.#slots) this.#prepare(slot);
    this.#check = setInterval(() => this.#preload(), CHECK_MS);
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

  /** Say what there is to play. Clips may be appended or replaced; a playing one goes on when it stays the same. */
  setClips(clips: readonly Clip[]): void {
    const before = this.#clips;
    this.#clips = clips;
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
    const isFlick = performance.now() - this.#activatedAt < FLICK_MS;
    this.#active = index;
    this.#activatedAt = performance.now();
    this.#isHeld = false;
    for (const slot of this.#slots) if (slot.index !== index) rewind(slot);
    clearTimeout(this.#rest);
    if (isFlick && !this.element(index)) {
      this.#warmer.stop();
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

  toggle(): void {
    if (this.#isHeld) this.resume();
    else this.pause();
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
    if (video && Number.isFinite(video.duration))
      video.currentTime = Math.min(Math.max(0, seconds), video.duration);
  }

  /** Try the playing clip again after an error. */
  retry(): void {
    const slot = this.#slotOf(this.#active);
    if (slot) release(slot);
    this.#show(this.#active);
  }

  /** The page is out of sight: nothing plays, nothing loads. */
  suspend(): void {
    this.#warmer.stop();
    for (const slot of this.#slots) slot.video.pause();
  }

  /** The page is back. */
  wake(): void {
    if (!this.#isHeld) this.resume();
  }

  destroy(): void {
    clearInterval(this.#check);
    clearTimeout(this.#rest);
    this.#warmer.stop();
    for (const slot of this.#slots) release(slot);
  }

  #slotOf(index: number): Slot | undefined {
    return this.#slots.find((slot) => slot.index === index);
  }

  #prepare(slot: Slot): void {
    const { video } = slot;
    video.muted = true;
    video.loop = true;
    video.playsInline = true;
    video.preload = 'auto';
    video.addEventListener(
      'error',
      () => slot.index === this.#active && video.src && this.events.failed(slot.index),
    );
    video.addEventListener(
      'waiting',
      () => slot.index === this.#active && this.events.stalled(slot.index, true),
    );
    video.addEventListener(
      'playing',
      () => slot.index === this.#active && this.events.stalled(slot.index, false),
    );
    video.addEventListener('timeupdate', () => this.#tick(slot));
    for (const kind of ['play', 'pause'] as const) {
      video.addEventListener(
        kind,
        () => slot.index === this.#active && this.events.paused(slot.index, this.#isHeld),
      );
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
    const rendition =
      clip && choose(clip, this.throughput.bits, this.shortEdge(), connection().saveData ?? false);
    const loaded = this.#slotOf(index);
    if (!rendition || loaded) return loaded;
    const slot = this.#farthest();
    release(slot);
    slot.index = index;
    slot.rendition = rendition.name;
    if (clip.poster_url) slot.video.poster = clip.poster_url;
    slot.video.src = rendition.url;
    place(slot, this.#clips[slot.index]);
    return slot;
  }

  /** The element to reuse: a free one, else the one farthest from what plays. */
  #farthest(): Slot {
    const distance = (slot: Slot): number =>
      slot.index < 0 ? Infinity : Math.abs(slot.index - this.#active) + (slot.index < this.#active ? 0.5 : 0);
    return this.#slots.reduce((far, slot) => (distance(slot) > distance(far) ? slot : far));
  }

  async #play(slot: Slot): Promise<void> {
    try {
      await slot.video.play();
    } catch (error) {
      if (!(error instanceof DOMException) || error.name !== 'NotAllowedError' || this.#isMuted) return;
      this.#isMuted = true;
      slot.video.muted = true;
      this.events.muteForced();
      await slot.video.play().catch(() => undefined); // the viewer's tap will start it
    } finally {
      if (slot.index !== this.#active || this.#isHeld) slot.video.pause();
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
    if (typeof slot.video.requestVideoFrameCallback === 'function')
      slot.video.requestVideoFrameCallback(tell);
    else slot.video.addEventListener('playing', tell, { once: true });
  }

  /** Once the playing clip is safe: load the next whole, then warm the two after it. */
  #preload(): void {
    const current = this.element(this.#active);
    if (!current || document.hidden || !isSafe(current)) return;
    const next = this.#active + 1;
    const saves = connection().saveData ?? false;
    const slot = saves ? undefined : this.#load(next);
    if (!saves && (!slot || slot.video.readyState < HAVE_FUTURE_DATA)) return;
    for (const index of saves ? [next] : [next + 1, next + 2]) this.#warm(index);
  }

  #warm(index: number): void {
    const clip = this.#clips[index];
    const saves = connection().saveData ?? false;
    const rendition = clip && choose(clip, this.throughput.bits, this.shortEdge(), saves);
    if (rendition && !this.#slotOf(index)) this.#warmer.warm(rendition.url);
  }
}
