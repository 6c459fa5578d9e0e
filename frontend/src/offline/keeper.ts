/** Decides what of the watched is kept for later, and sees to it that what must go goes. */
import { client, data } from '../api/client';
import { session } from '../auth/session.svelte';
import type { Item } from '../feed/kinds';
import { playback } from '../feed/playback.svelte';
import { on } from '../lib/events';
import { connection } from '../player/throughput';
import { SeenClips } from './seen';

const WATCHED_SECONDS = 3;
const DAY_MS = 86_400_000;
const CHANNEL = 'revue.seen';

/** Three seconds of it, or half. */
export function isWatched(seconds: number, duration: number): boolean {
  return seconds >= WATCHED_SECONDS || (duration > 0 && seconds >= duration / 2);
}

export class Keeper {
  /** Whether the viewer's history is kept at all; undefined: not asked yet. */
  #hasHistory: Promise<boolean> | undefined;
  /** Somebody has signed out, here or in another tab: this page knows too little to keep anything. */
  #isOver = false;
  readonly #tabs = new BroadcastChannel(CHANNEL);

  constructor(readonly clips = new SeenClips()) {
    this.#tabs.onmessage = () => (this.#isOver = true);
    on('signedOut', () => void this.#leave());
    on('signedIn', (me) => {
      this.#isOver = false;
      this.#hasHistory = undefined;
      void clips.leaveTo(me.id);
    });
    on('controlsChanged', ({ is_history_paused: isPaused }) => {
      this.#hasHistory = Promise.resolve(!isPaused);
      if (isPaused) void clips.forget();
    });
    on('historyForgotten', ({ videoId, since }) => {
      if (since === 'beginning') void clips.forget();
      else void clips.drop((id, seenAt) => (videoId ? id === videoId : seenAt > Date.now() - DAY_MS));
    });
  }

  async #leave(): Promise<void> {
    this.#isOver = true;
    this.#tabs.postMessage('left');
    await this.clips.forget();
  }

  /** Keep a clip that was watched, where the line may be used for it and the viewer's history is on. */
  async watched(item: Item): Promise<void> {
    try {
      const saves = connection().saveData || playback.wishes.quality === 'saver';
      if (this.#isOver || saves || !(await this.#mayKeep())) return;
      await session.ready();
      await this.clips.keep(item, session.me?.id ?? '');
    } catch {
      return; // no line, or no room in this browser: the clip played, and is not there later
    }
  }

  /** Out with what is another person's, and with what has been deleted or hidden since. */
  async check(): Promise<void> {
    try {
      await session.ready();
      await this.clips.leaveTo(session.me?.id ?? '');
      const ids = await this.clips.ids();
      if (ids.length === 0) return;
      const query = { videos: ids.join(',') };
      const { items } = await data(client.GET('/api/v1/me/feed/marks', { params: { query } }));
      const there = new Set(items.map(({ id }) => id));
      await this.clips.drop((id) => ids.includes(id) && !there.has(id));
    } catch {
      return; // no line: asked again when there is one
    }
  }

  #mayKeep(): Promise<boolean> {
    this.#hasHistory ??= data(client.GET('/api/v1/me/feed')).then(
      ({ is_history_paused: isPaused }) => !isPaused,
      (error: unknown) => {
        this.#hasHistory = undefined;
        throw error;
      },
    );
    return this.#hasHistory;
  }
}
