/** Ties the feed's state to the scroller, the four video elements and the watch log. */
import { PlayerPool, POOL_SIZE } from '../player/PlayerPool';
import { PLAIN } from '../player/types';
import { observeTransfers, startBits, Throughput } from '../player/throughput';
import { WatchLog } from '../player/WatchLog';
import { load, save } from '../lib/storage';
import { on } from '../lib/events';
import { FeedState } from './feed.svelte';
import { isList, type BootData, type FeedKind, type Item } from './kinds';
import { keptPlace } from './place';
import { playback } from './playback.svelte';
import { mindPresence } from './presence';
import { leaveFloating } from './screens';
import { Scroller } from './scroller';
import { mayGoOn, shortEdge, told } from './told';
import type { Unwanted } from './unwanted.svelte';
import { Visit } from './visit.svelte';

const SEEK_SECONDS = 5;

export class Stage {
  readonly feed: FeedState;
  readonly visit: Visit;
  /** What was wished away, once anything was. */
  unwanted = $state.raw<Unwanted>();
  readonly #log = new WatchLog();
  readonly #pool: PlayerPool;
  readonly #scroller: Scroller;
  readonly #boot: HTMLVideoElement | null;
  #isShown = true;
  #isAtEnd = false;
  #isStale = false;
  /** How to come back to another feed, at the clip and the second where it was left. */
  readonly #left = new Map<FeedKind, { back: () => void; seconds: number }>();

  constructor(scroller: HTMLElement, stage: HTMLElement, boot: BootData | null) {
    this.#scroller = new Scroller(scroller, (index) => this.#arrive(index));
    this.feed = new FeedState(this.#log);
    this.visit = new Visit(this.feed, () => this.#isShown && !document.hidden);
    this.#boot = stage.querySelector('video');
    const videos = [...stage.querySelectorAll('video')];
    while (videos.length < POOL_SIZE) videos.push(stage.appendChild(document.createElement('video')));
    const throughput = new Throughput(startBits());
    observeTransfers(throughput);
    this.#pool = new PlayerPool(
      videos,
      told(this.feed, this.#log, () => this.#end()),
      throughput,
      () => shortEdge(scroller),
      { ...PLAIN, waits: playback.manner.waits },
    );
    if (boot) this.feed.boot(boot);
    this.#start();
    mindPresence({
      feed: this.feed,
      log: this.#log,
      pool: this.#pool,
      isShown: () => this.#isShown,
      wake: () => this.#wake(),
    });
    on('controlsChanged', () => (this.#isStale = true));
    for (const name of ['controlsChanged', 'signedIn', 'signedOut'] as const)
      on(name, () => this.#left.clear());
  }

  #start(): void {
    const { items } = this.feed;
    const { index, seconds } = keptPlace(items);
    this.#pool.setClips(items);
    if (this.#boot && items.length > 0) this.#pool.adopt(this.#boot, 0);
    if (items.length > 0) this.#activate(index);
    if (seconds > 0) this.#pool.seek(seconds);
    $effect.root(() => {
      $effect(() => this.#pool.setManner(playback.manner));
      $effect(() => {
        this.#pool.setClips([...this.feed.items]);
        if (this.#pool.active < 0 && this.feed.items.length > 0 && this.#isShown) this.#activate(0);
      });
    });
    if (load('sound') === 'on' && !playback.wishes.startsMuted)
      addEventListener('pointerdown', () => this.setMuted(false), { once: true });
  }

  /** The slides are there: the one that plays comes onto the screen, where it is not the first. */
  arrange(): void {
    if (this.feed.active > 0) this.#scroller.jump(this.feed.active);
  }

  /** A Svelte attachment for each slide. */
  observe = (slide: HTMLElement): (() => void) => this.#scroller.observe(slide);

  #arrive(index: number): void {
    if (!this.#isShown) return;
    if (!this.feed.items[index]) {
      this.#pool.suspend(); // nothing plays behind the end of the feed
      this.#isAtEnd = true;
      return;
    }
    const wasAtEnd = this.#isAtEnd;
    this.#isAtEnd = false;
    if (index !== this.feed.active) this.#activate(index);
    if (wasAtEnd) this.#pool.wake();
  }

  #wake(): void {
    if (!this.#isAtEnd) this.#pool.wake();
  }

  #activate(index: number): void {
    this.#isAtEnd = false;
    this.feed.activate(index);
    this.#pool.activate(index);
    this.feed.isHeld = this.#pool.isHeld;
    this.visit.arrived(index);
    this.unwanted?.arrived();
    playback.unlock();
    leaveFloating(this.video);
  }

  /** The element of the clip on the screen. */
  get video(): HTMLVideoElement | undefined {
    return this.#pool.element(this.feed.active);
  }

  /** Another feed: from its top, or where it was left; the same feed: anew. */
  async show(kind: FeedKind, videoId = ''): Promise<void> {
    const { feed } = this;
    if (kind !== feed.kind && isList(feed.kind) && feed.items.length > 0)
      this.#left.set(feed.kind, { back: feed.keep(), seconds: feed.time });
    const left = kind === feed.kind ? undefined : this.#left.get(kind);
    this.#isStale = false;
    this.visit.begin();
    this.#pool.suspend();
    this.#log.end('swipe');
    this.#scroller.stand(0);
    const loading = left ? left.back() : feed.show(kind, videoId);
    this.#pool.setClips([]);
    await loading;
    this.#play(feed.active, left?.seconds);
  }

  /** The newest videos of this feed, from their top. What plays goes on until they are there. */
  async refresh(): Promise<void> {
    const { feed } = this;
    if (!isList(feed.kind) || feed.isRefreshing || !(await feed.refresh())) return;
    this.visit.begin();
    this.#log.end('swipe');
    this.#pool.setClips([]);
    this.#play(0);
  }

  /** Begin with a clip of a list that is new to the pool. */
  #play(index: number, seconds = 0): void {
    this.#pool.setClips([...this.feed.items]);
    if (this.#isShown && !document.hidden) this.#pool.wake();
    this.#scroller.jump(index);
    if (this.feed.items.length > 0) this.#activate(index);
    if (seconds > 0) this.#pool.seek(seconds);
  }

  /** What this browser has kept, while there is no line. */
  replay(items: readonly Item[]): void {
    this.#log.end('swipe');
    this.visit.begin();
    this.#pool.setClips([]);
    this.feed.replay(items);
    if (this.#isShown) this.#play(0);
    else this.#pool.setClips([...this.feed.items]);
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
    this.#scroller.jump(index);
    if (isOther && this.feed.items[index]) this.#activate(index);
    else this.#pool.activate(index);
    if (!this.feed.items[index]) void this.feed.more();
  }

  /** Go on past an end that the viewer has set, with the video that takes its place. */
  async goOn(): Promise<void> {
    const next = this.feed.active + 1;
    await this.visit.goOn();
    if (this.feed.items[next]) this.#scroller.jump(next);
  }

  /** Scroll by whole slides; back from the first one, the feed is fetched anew. */
  step(by: number): void {
    const { active, items } = this.feed;
    const index = (this.#scroller.at >= items.length ? items.length : active) + by;
    if (index < 0) void this.refresh();
    else this.#scroller.glide(index);
  }

  toggle(): void {
    if (this.#pool.isHeld) this.#pool.resume();
    else this.#pool.pause();
    this.feed.isHeld = this.#pool.isHeld;
  }

  /** Pause, whatever it does. */
  rest(): void {
    this.#pool.pause();
    this.feed.isHeld = true;
  }

  /** The clip is over and does not loop. */
  #end(): void {
    if (mayGoOn(this.feed)) return this.step(1);
    this.#pool.seek(0);
    this.#pool.resume();
  }

  retry(): void {
    this.feed.failed = -1;
    this.feed.isHeld = false;
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
    this.feed.time = this.video?.currentTime ?? 0; // the next step counts from here
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
      const { feed } = this;
      this.#scroller.stand(feed.active);
      const shown = feed.shown();
      if (this.#pool.active === feed.active && shown) this.#log.begin(shown);
      else if (shown) this.#activate(feed.active);
      this.#wake(); // after the watch log has begun again: the first frame belongs to it
    } else {
      this.#pool.suspend();
      this.#log.end('exit');
    }
  }
}
