/** What happened in front of the viewer, gathered and sent in batches; what could not be sent waits for the next visit. */
import { uuid7 } from '../lib/uuid';

const SEND_MS = 5000;
const BATCH = 40;
const MOST_KEPT = 400;
const SKIP_MS = 3000;
/** One store a tab; a later visit takes over what it finds. Events are counted once by their id, so twice does no harm. */
const STORE = 'revue.events.';
const ADDRESS = '/api/v1/events';

export type Surface = 'foryou' | 'following' | 'profile' | 'tag' | 'link';

export interface WatchEvent {
  id: string;
  kind: string;
  video_id: string;
  at_ms: number;
  position: number;
  source: Surface;
  session: string;
  propensity?: number;
  model_version?: string;
  watch_ms?: number;
  loops?: number;
  max_pos_ms?: number;
  data?: Record<string, unknown>;
}

export interface Shown {
  readonly id: string;
  readonly source: Surface;
  readonly position: number;
  readonly propensity?: number;
  readonly modelVersion?: string;
  readonly durationMs?: number;
}

export type Send = (events: readonly WatchEvent[], isLeaving: boolean) => Promise<boolean>;

/** One watch of one clip, from activation to the swipe away. */
interface Watch {
  readonly shown: Shown;
  playedMs: number;
  since: number | null;
  loops: number;
  maxPosMs: number;
  quarter: number;
}

export class WatchLog {
  #waiting: WatchEvent[];
  #watch: Watch | undefined;
  #isSending = false;
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(
    private readonly send: Send = sendByFetch,
    private readonly storage: EventStore | null = browserStorage(),
    private readonly session: string = uuid7(),
  ) {
    this.#waiting = takeOver(storage);
    this.#timer = setInterval(() => void this.flush(), SEND_MS);
  }

  /** A clip became the active one. */
  begin(shown: Shown): void {
    if (this.#watch?.shown.id === shown.id && this.#watch.shown.position === shown.position) return;
    this.end('swipe');
    this.#watch = { shown, playedMs: 0, since: null, loops: 0, maxPosMs: 0, quarter: 0 };
    this.note('impression', shown);
  }

  started(ttffMs: number, rendition: string): void {
    if (!this.#watch) return;
    this.#watch.since ??= performance.now();
    this.note('play_start', this.#watch.shown, { data: { ttff_ms: Math.round(ttffMs), rendition } });
  }

  /** The active clip plays or rests. */
  playing(isPlaying: boolean): void {
    const watch = this.#watch;
    if (!watch) return;
    if (isPlaying) watch.since ??= performance.now();
    else settle(watch);
  }

  position(seconds: number): void {
    const watch = this.#watch;
    if (!watch) return;
    watch.maxPosMs = Math.max(watch.maxPosMs, Math.round(seconds * 1000));
    const quarter = Math.floor((4 * watch.maxPosMs) / (watch.shown.durationMs ?? Infinity));
    if (quarter > watch.quarter && quarter < 4) this.note('progress', watch.shown, { data: { quarter } });
    watch.quarter = Math.max(watch.quarter, quarter);
  }

  looped(): void {
    const watch = this.#watch;
    if (!watch) return;
    watch.loops += 1;
    if (watch.loops === 1) this.note('complete', watch.shown);
  }

  /** The viewer left the clip, by a swipe or from the page. */
  end(how: 'swipe' | 'exit'): void {
    const watch = this.#watch;
    if (!watch) return;
    this.#watch = undefined;
    settle(watch);
    const measured = { watch_ms: Math.round(watch.playedMs), loops: watch.loops, max_pos_ms: watch.maxPosMs };
    this.note('watch_ms', watch.shown, measured);
    if (how === 'exit') this.note('exit', watch.shown);
    else if (isSkip(watch)) this.note('skip', watch.shown);
  }

  /** Anything else a viewer does with a clip: like, share, seek … */
  note(kind: string, shown: Shown, more: Partial<WatchEvent> = {}): void {
    const { id, source, position, propensity, modelVersion } = shown;
    this.#waiting.push({
      id: uuid7(),
      kind,
      video_id: id,
      at_ms: Date.now(),
      position,
      source,
      session: this.session,
      ...(propensity === undefined ? {} : { propensity }),
      ...(modelVersion === undefined ? {} : { model_version: modelVersion }),
      ...more,
    });
    this.#waiting.splice(0, this.#waiting.length - MOST_KEPT);
    this.#keep();
  }

  /** Send what waits. While leaving, the browser sends for us after the page is gone. */
  async flush(isLeaving = false): Promise<void> {
    if ((this.#isSending && !isLeaving) || this.#waiting.length === 0) return;
    const batch = this.#waiting.slice(0, BATCH);
    this.#isSending = true;
    const sending = this.send(batch, isLeaving).finally(() => (this.#isSending = false));
    if (isLeaving) this.#leaveWith(batch);
    if (!(await sending)) return;
    const sent = new Set(batch.map((event) => event.id));
    this.#waiting = this.#waiting.filter((event) => !sent.has(event.id));
    this.#keep();
    if (this.#waiting.length > 0 && !isLeaving) await this.flush();
  }

  /** The page is going: nothing may wait for an answer, so the other batches go at once too. */
  #leaveWith(first: readonly WatchEvent[]): void {
    for (let at = first.length; at < this.#waiting.length; at += BATCH) {
      void this.send(this.#waiting.slice(at, at + BATCH), true);
    }
  }

  #keep(): void {
    try {
      if (this.#waiting.length > 0)
        this.storage?.setItem(STORE + this.session, JSON.stringify(this.#waiting));
      else this.storage?.removeItem(STORE + this.session);
    } catch {
      return; // a full store: the events are still in memory
    }
  }

  destroy(): void {
    clearInterval(this.#timer);
  }
}

/** Swiped away before it had a chance: under three seconds and under half of it. */
function isSkip(watch: Watch): boolean {
  return (
    watch.loops === 0 && watch.playedMs < SKIP_MS && watch.maxPosMs < (watch.shown.durationMs ?? Infinity) / 2
  );
}

function settle(watch: Watch): void {
  if (watch.since === null) return;
  watch.playedMs += performance.now() - watch.since;
  watch.since = null;
}

export type EventStore = Pick<Storage, 'length' | 'key' | 'getItem' | 'setItem' | 'removeItem'>;

/** The browser's store, where it lets us have one. */
function browserStorage(): EventStore | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

/** What earlier pages could not send. */
function takeOver(storage: EventStore | null): WatchEvent[] {
  if (!storage) return [];
  const names = Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? '');
  return names
    .filter((name) => name.startsWith(STORE))
    .flatMap((name) => {
      const kept = parse(storage.getItem(name));
      storage.removeItem(name);
      return kept;
    });
}

function parse(text: string | null): WatchEvent[] {
  try {
    const kept: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(kept) ? (kept as WatchEvent[]) : [];
  } catch {
    return [];
  }
}

/** True when the batch is the server's now, or when it will never take it. */
export async function sendByFetch(events: readonly WatchEvent[], isLeaving: boolean): Promise<boolean> {
  const body = JSON.stringify({ events });
  if (isLeaving) return navigator.sendBeacon(ADDRESS, new Blob([body], { type: 'text/plain' }));
  try {
    const answer = await fetch(ADDRESS, {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'text/plain' },
      keepalive: true,
    });
    return answer.ok || (answer.status >= 400 && answer.status < 500 && answer.status !== 429);
  } catch {
    return false; // offline: they wait
  }
}
