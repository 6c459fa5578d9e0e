/** Ties the feed's state to the scroller, the four video elements and the watch log. */
import { flushSync } from 'svelte';

import { PlayerPool, POOL_SIZE } from '../player/PlayerPool';
import { observeTransfers, startBits, Throughput } from '../player/throughput';
import { WatchLog } from '../player/WatchLog';
import { load, save } from '../lib/storage';
import { on } from '../lib/events';
import { FeedState } from './feed.svelte';
import { isList, type BootData, type FeedKind, type Item } from './kinds';
import { Unwanted } from './unwanted.svelte';
import { Visit } from './visit.svelte';

/** Share of a slide that must be on the screen for it to play. */
const ACTIVE_SHARE = 0.6;
const SEEK_SECONDS = 5;

export class Stage {
  readonly feed: FeedState;
  readonly visit: Visit;
  readonly unwanted = new Unwanted(this);
  readonly #log = new WatchLog();
  readonly #pool: PlayerPool;
  readonly #scroller: HTMLElement;
  readonly #sections: IntersectionObserver;
  readonly #boot: HTMLVideoElement | null;
  #isShown = true;
  #isStale = false;

  constructor(scroller: HTMLElement, stage: HTMLElement, boot: BootData | null) {
    this.#scroller = scroller;
    this.feed = new FeedState(this.#log);
    this.visit = new Visit(this.feed, () => this.#isShown && !document.hidden);
    this.#boot = stage.querySelector('video');
    const videos = [...stage.querySelectorAll('video')];
    while (videos.length < POOL_SIZE) videos.push(stage.appendChild(document.createElement('video')));
    const throughput = new Throughput(startBits());
    observeTransfers(throughput);
    this.#pool = new PlayerPool(videos, this.#events(), throughput, () => this.#shortEdge());
    this.#sections = new IntersectionObserver((entries) => this.#arrive(entries), {
      root: scroller,
      threshold: ACTIVE_SHARE,
    });
    if (boot) this.feed.boot(boot);
    this.#start();
    document.addEventListener('visibilitychange', () => this.#turn());
    addEventListener('pagehide', () => this.#leave());
    on('controlsChanged', () => (this.#isStale = true));
  }

  #events(): ConstructorParameters<typeof PlayerPool>[1] {
    const { feed } = this;
    return {
      started: (_index, ttff, rendition) => this.#log.started(ttff, rendition),
      looped: () => this.#log.looped(),
      failed: (index) => (feed.failed = index),
      stalled: (_index, isStalled) => {
        feed.isStalled = isStalled;
        this.#log.playing(!isStalled);
      },
      blocked: () => (feed.isHeld = true),
      muteForced: () => (feed.isMuted = true),
      time: (_index, seconds, duration) => {
        feed.tick(seconds, duration);
        this.#log.position(seconds);
      },
      paused: (_index, isPaused) => this.#log.playing(!isPaused),
    };
  }

  #start(): void {
    this.#pool.setClips(this.feed.items);
    if (this.#boot && this.feed.items.length > 0) this.#pool.adopt(this.#boot, 0);
    if (this.feed.items.length > 0) this.#activate(0);
    $effect.root(() => {
      $effect(() => {
        this.#pool.setClips([...this.feed.items]);
        if (this.#pool.active < 0 && this.feed.items.length > 0 && this.#isShown) this.#activate(0);
      });
    });
    if (load('sound') === 'on') addEventListener('pointerdown', () => this.setMuted(false), { once: true });
  }

  /** Device pixels of the shorter edge of the place a clip is shown in. */
  #shortEdge(): number {
    const { clientWidth, clientHeight } = this.#scroller;
    return Math.min(clientWidth, (clientHeight * 9) / 16) * Math.min(2, devicePixelRatio);
  }

  /** A Svelte attachment for each slide. */
  observe = (slide: HTMLElement): (() => void) => {
    this.#sections.observe(slide);
    return () => this.#sections.unobserve(slide);
  };

  #arrive(entries: readonly IntersectionObserverEntry[]): void {
    for (const entry of entries) {
      const index = Number((entry.target as HTMLElement).dataset['index']);
      if (entry.isIntersecting && index !== this.feed.active && this.#isShown) this.#activate(index);
    }
  }

  #activate(index: number): void {
    this.feed.activate(index);
    this.#pool.activate(index);
    this.visit.arrived(index);
    this.unwanted.arrived();
  }

  /** Another feed: from its top. */
  async show(kind: FeedKind, videoId = ''): Promise<void> {
    this.#isStale = false;
    this.visit.begin();
    this.#pool.suspend();
    this.#log.end('swipe');
    this.#scroller.scrollTop = 0;
    const loading = this.feed.show(kind, videoId);
    this.#pool.setClips([]);
    await loading;
    this.#pool.setClips([...this.feed.items]);
    if (this.feed.items.length > 0) this.#activate(0);
  }

  /** What this browser has kept, while there is no line. */
  replay(items: readonly Item[]): void {
    this.#log.end('swipe');
    this.visit.begin();
    this.#pool.setClips([]);
    this.feed.replay(items);
    this.#pool.setClips([...this.feed.items]);
    this.#jump(0);
    if (items.length > 0 && this.#isShown) this.#activate(0);
  }

  /** Take videos out of the feed; what comes after the one on the screen moves up. */
  drop(isUnwanted: (item: Item) => boolean): void {
    const { feed } = this;
    const before = feed.items.slice(0, feed.active).filter((item) => !isUnwanted(item)).length;
    const isCurrent = feed.current !== undefined && isUnwanted(feed.current);
    if (isCurrent) this.#log.end('swipe');
    feed.items = feed.items.filter((item) => !isUnwanted(item));
    this.#move(before, isCurrent);
  }

  /** Put a video back where it was, on the screen. */
  putBack(item: Item, index: number): void {
    this.#log.end('swipe');
    this.feed.items.splice(index, 0, item);
    this.#move(index, true);
  }

  #move(index: number, isOther: boolean): void {
    this.#pool.setClips([...this.feed.items]);
    this.feed.active = index;
    this.#jump(index);
    if (isOther && this.feed.items[index]) this.#activate(index);
    else this.#pool.activate(index);
    if (!this.feed.items[index]) void this.feed.more();
  }

  /** Slides that come or go take the scroller along with the one it has snapped to: it is put right after they have. */
  #jump(index: number): void {
    flushSync();
    this.#scroller.scrollTop = index * this.#scroller.clientHeight;
  }

  /** Go on past an end that the viewer has set, with the video that takes its place. */
  async goOn(): Promise<void> {
    const next = this.feed.active + 1;
    await this.visit.goOn();
    if (this.feed.items[next]) this.#jump(next);
  }

  /** Scroll by whole slides. */
  step(by: number): void {
    const index = this.feed.active + by;
    const behavior = matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth';
    this.#scroller.scrollTo({ top: index * this.#scroller.clientHeight, behavior });
  }

  toggle(): void {
    if (this.#pool.isHeld) this.#pool.resume();
    else this.#pool.pause();
    this.feed.isHeld = this.#pool.isHeld;
  }

  retry(): void {
    this.feed.failed = -1;
    this.#pool.retry();
  }

  setMuted(isMuted: boolean): void {
    this.feed.isMuted = isMuted;
    this.#pool.setMuted(isMuted);
    save('sound', isMuted ? null : 'on');
  }

  seek(seconds: number): void {
    this.feed.stopLeafing();
    this.#pool.seek(seconds);
  }

  /** To another photo of a photo post; its sound plays on. */
  leafTo(photo: number): void {
    this.feed.leafTo(photo);
  }

  /** Aside, by one step: a photo, or some seconds. */
  aside(by: -1 | 1): void {
    if (this.feed.current?.photos.length) this.leafTo(this.feed.photo + by);
    else this.seek(this.feed.time + by * SEEK_SECONDS);
  }

  /** A page covers the feed, or is gone again. */
  setShown(isShown: boolean): void {
    if (isShown === this.#isShown) return;
    this.#isShown = isShown;
    if (isShown && this.#isStale && isList(this.feed.kind)) {
      void this.show(this.feed.kind); // what the viewer has set meanwhile holds at once
    } else if (isShown) {
      this.#scroller.scrollTop = this.feed.active * this.#scroller.clientHeight;
      if (this.feed.current) this.#activate(this.feed.active);
      this.#pool.wake(); // after the watch log has begun again: the first frame belongs to it
    } else {
      this.#pool.suspend();
      this.#log.end('exit');
    }
  }

  #turn(): void {
    if (document.hidden) {
      this.#pool.suspend();
      this.#log.playing(false);
      void this.#log.flush(true);
    } else if (this.#isShown) {
      this.#pool.wake();
    }
  }

  #leave(): void {
    this.#log.end('exit');
    void this.#log.flush(true);
  }
}
