import { playsWell } from './codecs';
import type { Throughput } from './throughput';
import type { Clip, Quality, Rendition } from './types';

/** Seconds of the next clip that have to come before it can start. */
const HEAD_SECONDS = 2;
/** Seconds ahead that the playing clip keeps for whatever the line does meanwhile, and the most it is asked for. */
const LEAST_SECONDS = 1;
const MOST_SECONDS = 4;
/** Bytes of the clips after the next that are fetched into the browser's cache. */
export const WARM_BYTES = 200_000;
/** A line that carries so many clips at once is wide. */
const WIDE_CLIPS = 4;
/** A rendition may take this share of the line, so that the rest can preload. */
const SHARE = 0.5;
/** Every clip has sizes up to this; a larger one is worth its bytes only on a screen that has clearly more pixels. */
const COMMON_EDGE = 720;
const LARGE_SCREEN_EDGE = 900;

/**
 * The rendition to play: by itself the best that leaves half of the line free and is no larger than the screen needs.
 * @param shortEdge device pixels of the place the clip is shown in.
 */
export function choose(clip: Clip, bits: number, shortEdge: number, quality: Quality): Rendition | undefined {
  const isSet = typeof quality === 'number' || quality === 'highest';
  const sorted = suitable(clip.renditions, isSet ? Infinity : shortEdge).sort(
    (a, b) => a.bitrate - b.bitrate,
  );
  const least = sorted[0];
  if (quality === 'saver' || !least) return least;
  if (isSet) return largest(sorted, quality === 'highest' ? Infinity : quality) ?? least;
  const enough = sorted.find((r) => edgeOf(r) >= shortEdge) ?? sorted.at(-1);
  const most = enough ? sorted.indexOf(enough) : 0;
  return sorted.findLast((r, i) => i <= most && r.bitrate <= bits * SHARE) ?? least;
}

/** The largest of these up to a short edge; of one size the one with fewer bytes. */
function largest(sorted: readonly Rendition[], most: number): Rendition | undefined {
  const fit = sorted.filter((r) => edgeOf(r) <= most);
  const edge = Math.max(...fit.map(edgeOf));
  return fit.find((r) => edgeOf(r) === edge);
}

/** Pixels of a rendition's shorter edge, as people name its size. */
export function edgeOf({ width, height }: Pick<Rendition, 'width' | 'height'>): number {
  return Math.min(width, height);
}

/** What this browser plays well and this screen has the pixels for; of one size in two codecs, the better one. */
function suitable(renditions: readonly Rendition[], shortEdge: number): Rendition[] {
  const most = shortEdge < LARGE_SCREEN_EDGE ? COMMON_EDGE : Infinity;
  const fit = renditions.filter((r) => edgeOf(r) <= most && playsWell(r));
  const isBeaten = (r: Rendition): boolean =>
    r.codec === 'h264' && fit.some((other) => other.codec !== 'h264' && other.height === r.height);
  return fit.filter((r) => !isBeaten(r));
}

/**
 * Seconds ahead from which the playing clip can spare half of the line until the next one can start:
 * what it loses meanwhile, and a reserve. A line with room for both asks for the reserve only.
 * @param bitrate of the clips, in bits per second.
 * @param bits the line, in bits per second.
 */
export function safeSeconds(bitrate: number, bits: number): number {
  const half = bits / 2;
  const lost = half > 0 ? HEAD_SECONDS * (bitrate / half - 1) : MOST_SECONDS;
  return Math.min(MOST_SECONDS, LEAST_SECONDS + Math.max(0, lost));
}

/** Whether a playing element can spare the line: it has all its bytes, or `seconds` ahead. */
export function isSafe(
  video: Pick<HTMLVideoElement, 'buffered' | 'currentTime' | 'duration'>,
  seconds: number,
): boolean {
  return bufferedEnd(video) - video.currentTime >= seconds || isComplete(video);
}

/** Whether an element has everything from where it stands to the end. */
export function isComplete(video: Pick<HTMLVideoElement, 'buffered' | 'currentTime' | 'duration'>): boolean {
  return video.duration > 0 && bufferedEnd(video) >= video.duration - 0.2;
}

function bufferedEnd({ buffered, currentTime }: Pick<HTMLVideoElement, 'buffered' | 'currentTime'>): number {
  for (let i = 0; i < buffered.length; i += 1) {
    if (buffered.start(i) <= currentTime + 0.1 && currentTime <= buffered.end(i)) return buffered.end(i);
  }
  return currentTime;
}

/** Fetches the head of a file into the HTTP cache, once, at low priority. */
export class Warmer {
  readonly #done = new Set<string>();
  #abort = new AbortController();
  #underWay = 0;

  get isIdle(): boolean {
    return this.#underWay === 0;
  }

  warm(url: string): void {
    if (this.#done.has(url)) return;
    this.#done.add(url);
    const options = {
      headers: { Range: `bytes=0-${WARM_BYTES - 1}` },
      priority: 'low',
      signal: this.#abort.signal,
    };
    this.#underWay += 1;
    fetch(url, options as RequestInit)
      .then((answer) => answer.arrayBuffer())
      .catch(() => this.#done.delete(url)) // only a head start: the player asks again itself
      .finally(() => (this.#underWay -= 1));
  }

  /** Give the line back at once. */
  stop(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
  }
}

const HAVE_FUTURE_DATA = 3;

/** What the preloader needs of the pool. */
export interface PreloadTarget {
  readonly active: number;
  readonly quality: Quality;
  /** Whether clips ahead may load now; not before the active one's first frame, for to load is to decode. */
  readonly mayPreload: boolean;
  element(index: number): HTMLVideoElement | undefined;
  prepare(index: number): HTMLVideoElement | undefined;
  rendition(index: number): Rendition | undefined;
  /** Empty every element before clip `index` that has not all its bytes. */
  releaseUnfinishedBefore(index: number): void;
}

/**
 * Once the playing clip is safe: load the next whole, then warm the two after it, then tell that the line is free.
 * Where the line is narrow, nothing else takes part of it: what was swiped away stops loading,
 * and warming waits until both clips are complete.
 */
export class Preloader {
  readonly #warmer = new Warmer();

  constructor(
    private readonly pool: PreloadTarget,
    private readonly throughput: Throughput,
    private readonly tellFree: () => void,
  ) {}

  /** Load what may be loaded now. */
  run(): void {
    const { pool } = this;
    const current = pool.element(pool.active);
    if (!current || document.hidden) return;
    const bitrate = pool.rendition(pool.active)?.bitrate ?? 0;
    const isWide = this.throughput.bits >= bitrate * WIDE_CLIPS;
    if (!isWide) pool.releaseUnfinishedBefore(pool.active);
    if (!pool.mayPreload) return;
    if (!isSafe(current, safeSeconds(bitrate, this.throughput.bits))) return;
    const next = pool.active + 1;
    if (pool.quality === 'saver') {
      this.#warm(next);
      return;
    }
    const video = pool.prepare(next);
    if (video && video.readyState < HAVE_FUTURE_DATA) return;
    if (!isWide && !(isComplete(current) && (!video || isComplete(video)))) return;
    this.#warm(next + 1);
    this.#warm(next + 2);
    if (this.#warmer.isIdle) this.tellFree();
  }

  #warm(index: number): void {
    const rendition = this.pool.rendition(index);
    if (rendition && !this.pool.element(index)) this.#warmer.warm(rendition.url);
  }

  /** Give the line back at once. */
  stop(): void {
    this.#warmer.stop();
  }
}
