/**
 * Four <video> elements that play an endless list: one plays, its neighbours wait with their first frames ready.
 * The elements are never removed or moved to another parent: phones grant sound to an element, not to a page.
 */
import { playsWell } from './codecs';
import type { PoolEvents } from './events';
import { Flick } from './flick';
import { Settling } from './settling';
import { choose, isComplete, Preloader } from './preload';
import type { Slot } from './slots';
import { farthest, fill, follow, giveUp, makeReady, nameOf, place, release } from './slots';
import { restOthers, rewindOthers, tellOf } from './slots';
import { onFirstFrame, start } from './start';
import { connection, isMetered, type Throughput } from './throughput';
import { PLAIN, type Clip, type Manner, type Quality, type Rendition } from './types';

export const POOL_SIZE = 4;
const CHECK_MS = 250;

export class PlayerPool {
  readonly #slots: Slot[];
  readonly #preloader: Preloader;
  #clips: readonly Clip[] = [];
  #active = -1;
  #isMuted = true;
  #isHeld = false;
  #isWaiting = false; // the active clip has not begun yet, because clips wait for the viewer
  #isSuspended = false;
  #activatedAt = 0;
  readonly #flick = new Flick();
  #lastTime = 0;
  /** To seek is to decode: the clips that were left do it when the active one has its first frame. */
  readonly #settling = new Settling(() => {
    rewindOthers(this.#slots, this.#active);
    this.events.settled(this.#active);
  });
  readonly #check: ReturnType<typeof setInterval>;

  /** @param videos exactly four elements, in the document already. */
  constructor(
    videos: readonly HTMLVideoElement[],
    private readonly events: PoolEvents,
    private readonly throughput: Throughput,
    private readonly shortEdge: () => number = () => 720,
    private manner: Manner = PLAIN,
  ) {
    if (videos.length !== POOL_SIZE)
      throw new Error(`a pool has ${POOL_SIZE} elements, not ${videos.length}`);
    this.#preloader = new Preloader(this, throughput, () => events.lineFree());
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

  #slotOf(index: number): Slot | undefined {
    return this.#slots.find((slot) => slot.index === index);
  }

  /** The element that shows clip `index`, if any does. */
  element(index: number): HTMLVideoElement | undefined {
    return this.#slotOf(index)?.video;
  }

  /** The rendition of clip `index` that suits the line and the screen now. */
  rendition(index: number): Rendition | undefined {
    const clip = this.#clips[index];
    return clip && choose(clip, this.throughput.bits, this.shortEdge(), this.quality);
  }

  get quality(): Quality {
    return this.manner.quality === 'auto' && connection().saveData ? 'saver' : this.manner.quality;
  }

  get mayPreload(): boolean {
    return !this.#settling.isUnderWay && !(this.manner.isThrifty && isMetered());
  }

  /** Load a clip into an element, paused on its first frame. */
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
    slot.rendition = nameOf(video, this.#clips[index]);
    place(slot, this.#clips[index]);
  }

  /** Make clip `index` the one that plays; every other pauses, and goes back to its first frame once it shows. */
  activate(index: number): void {
    if (!this.#clips[index] || (index === this.#active && this.element(index))) return;
    const now = performance.now();
    if (this.#settling.isUnderWay) rewindOthers(this.#slots, this.#active);
    this.#active = index;
    this.#activatedAt = now;
    this.#isHeld = this.#isWaiting = this.manner.waits;
    restOthers(this.#slots, index);
    this.#settling.begin();
    this.#preloader.stop(); // what plays now comes first
    this.#flick.add(now, this.element(index) !== undefined, () => this.#show(index));
  }

  #show(index: number): void {
    const waiting = this.#slotOf(index);
    if (waiting?.video.error) release(waiting); // it may come now
    const slot = this.#load(index);
    if (!slot) return;
    slot.video.muted = this.#isMuted;
    if (this.#isHeld) return;
    this.#watchFirstFrame(slot, index);
    void this.#play(slot);
  }

  pause(): void {
    this.#isHeld = true;
    this.element(this.#active)?.pause();
  }

  resume(): void {
    const isNew = this.#isWaiting;
    this.#isHeld = this.#isWaiting = false;
    if (isNew) this.#activatedAt = performance.now(); // it waited for the viewer: its time counts from here
    if (isNew) this.#show(this.#active);
    else void this.#play(this.#slotOf(this.#active));
  }

  get isHeld(): boolean {
    return this.#isHeld;
  }

  setMuted(isMuted: boolean): void {
    this.#isMuted = isMuted;
    for (const slot of this.#slots) slot.video.muted = isMuted || slot.index !== this.#active;
    if (!isMuted && !this.#isHeld) this.resume();
  }

  /** Play all clips like this from now on. With another quality, what plays goes on from where it is. */
  setManner(manner: Manner): void {
    const isSame = manner.quality === this.manner.quality;
    this.manner = manner;
    for (const { video } of this.#slots) follow(video, manner);
    if (isSame) return;
    for (const slot of this.#slots) if (slot.index !== this.#active) release(slot);
    if (this.rendition(this.#active)) this.#reload();
  }

  /** Jump to a second of the active clip, also before anything of it is there. */
  seek(seconds: number): void {
    const video = this.element(this.#active);
    if (!video) return;
    video.currentTime = Math.min(Math.max(0, seconds), video.duration || Infinity);
    this.#lastTime = video.currentTime; // a jump back is not a loop
  }

  /** Try the playing clip again after an error. */
  retry(): void {
    this.#isHeld = this.#isWaiting = false;
    this.#reload();
  }

  #reload(): void {
    const slot = this.#slotOf(this.#active);
    const at = slot?.video.currentTime ?? 0;
    if (slot) release(slot);
    this.#show(this.#active);
    this.seek(at);
  }

  /** The page is out of sight: nothing plays, nothing loads. */
  suspend(): void {
    this.#isSuspended = true;
    this.#preloader.stop();
    this.#flick.stop();
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
    this.#settling.stop();
    this.suspend();
    for (const slot of this.#slots) release(slot);
  }

  #prepare(slot: Slot): void {
    const { video } = slot;
    makeReady(video);
    follow(video, this.manner);
    video.addEventListener('error', () => this.#fail(slot));
    video.addEventListener('timeupdate', () => this.#tick(slot));
    tellOf(slot, this.events, () => slot.index === this.#active);
  }

  /** A kind of file that the browser promised to play and does not is given up for H.264. */
  #fail(slot: Slot): void {
    const { index, video } = slot;
    if (!video.src || index < 0) return;
    const isGivenUp = giveUp(slot, this.#clips[index]);
    if (index !== this.#active) return;
    if (isGivenUp) this.#show(index);
    else this.events.failed(index);
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
    return fill(slot, index, clip, rendition, this.manner);
  }

  async #play(slot: Slot | undefined): Promise<void> {
    if (!slot || this.#isSuspended) return;
    const came = await start(slot.video);
    const isActive = slot.index === this.#active;
    if (came !== 'as asked' && !this.#isMuted) {
      this.#isMuted = true;
      this.events.muteForced();
    }
    if (came === 'not at all' && isActive) {
      this.#isHeld = true;
      this.events.blocked(slot.index);
    }
    if (!isActive || this.#isHeld || this.#isSuspended) slot.video.pause();
  }

  #watchFirstFrame(slot: Slot, index: number): void {
    const began = this.#activatedAt;
    this.#lastTime = 0;
    onFirstFrame(slot.video, () => {
      if (this.#active !== index || this.#activatedAt !== began) return;
      this.events.started(index, performance.now() - began, slot.rendition);
      this.#settling.end();
    });
  }
}
