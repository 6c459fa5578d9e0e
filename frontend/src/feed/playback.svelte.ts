/** How this viewer wants clips to play; their browser keeps it. */
import { loadObject, save } from '../lib/storage';
import type { Manner, Quality } from '../player/types';

export const SPEEDS = [0.5, 1, 1.5, 2] as const;
const FAST = 2;
const STORE = 'playback';

export interface Wishes {
  speed: (typeof SPEEDS)[number];
  /** 0 to 1. */
  volume: number;
  quality: Quality;
  /** The next video comes when one ends. */
  autoScroll: boolean;
  /** Sound waits for a tap on each visit, also for who had it on last time. */
  startsMuted: boolean;
  /** Off: each clip waits for a tap. `early.ts` reads it too, for the clip in the page's HTML. */
  autoplay: boolean;
  /** When what is said can be read. */
  subtitles: 'muted' | 'always' | 'never';
  /** Clips ahead load only on Wi-Fi, where the browser tells what the line is. */
  wifiOnly: boolean;
}

const PLAIN: Wishes = {
  speed: 1,
  volume: 1,
  quality: 'auto',
  autoScroll: false,
  startsMuted: false,
  autoplay: true,
  subtitles: 'muted',
  wifiOnly: false,
};

export class Playback {
  readonly wishes = $state<Wishes>({ ...PLAIN, ...loadObject<Wishes>(STORE) });
  /** Nothing lies over the clip, for as long as the page is open. */
  isClear = $state(false);
  /** Twice as fast, because a finger rests at the edge … */
  isFast = $state(false);
  /** … or has slid on the way: until the next tap. */
  isLocked = $state(false);

  get manner(): Manner {
    const { speed, volume, quality, autoScroll, autoplay, wifiOnly } = this.wishes;
    const rate = this.isFast ? FAST : speed;
    return { rate, volume, quality, loops: !autoScroll, waits: !autoplay, isThrifty: wifiOnly };
  }

  set(wishes: Partial<Wishes>): void {
    Object.assign(this.wishes, wishes);
    save(STORE, JSON.stringify(this.wishes));
  }

  /** The next speed up or down. */
  step(by: -1 | 1): void {
    const speed = SPEEDS[SPEEDS.indexOf(this.wishes.speed) + by];
    if (speed) this.set({ speed });
  }

  /** As fast as before; whether it was locked. */
  unlock(): boolean {
    const wasLocked = this.isLocked;
    this.isLocked = false;
    this.isFast = false;
    return wasLocked;
  }
}

export const playback = new Playback();
