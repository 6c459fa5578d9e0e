/** The end that a viewer has set to a visit: after so many videos, or minutes. */
import { client, data, type Schemas } from '../api/client';
import { on } from '../lib/events';
import type { FeedState } from './feed.svelte';

const TICK_MS = 1000;
/** Whatever plays first comes first. */
const ASK_AFTER_MS = 3000;

export class Visit {
  mostVideos = $state<number | null>(null);
  mostMinutes = $state<number | null>(null);
  #since = 0;
  #seconds = 0;

  /** @param isWatching whether somebody looks at the feed right now. */
  constructor(
    private readonly feed: FeedState,
    private readonly isWatching: () => boolean,
  ) {
    setTimeout(() => void this.#ask(), ASK_AFTER_MS);
    setInterval(() => this.tick(), TICK_MS);
    on('controlsChanged', (controls) => this.set(controls));
    on('signedIn', () => void this.#ask());
  }

  set(controls: Pick<Schemas['FeedControls'], 'most_videos' | 'most_minutes'>): void {
    this.mostVideos = controls.most_videos;
    this.mostMinutes = controls.most_minutes;
  }

  async #ask(): Promise<void> {
    try {
      this.set(await data(client.GET('/api/v1/me/feed')));
    } catch {
      return; // the server counts the videos all the same
    }
  }

  /** From here on it counts anew; minutes go on over all feeds. */
  begin(): void {
    this.#since = 0;
  }

  /** A video is on the screen. The feed that is everybody's knows no viewer, so its videos are counted here. */
  arrived(index: number): void {
    if (this.feed.isPersonalised || this.mostVideos === null || this.feed.kind !== 'foryou') return;
    if (index + 1 - this.#since >= this.mostVideos) this.feed.end('videos');
  }

  /** Another second. */
  tick(): void {
    if (this.mostMinutes === null || this.feed.setEnd || !this.isWatching()) return;
    this.#seconds += 1;
    if (this.#seconds >= this.mostMinutes * 60) this.feed.end('minutes');
  }

  /** Go on, because the viewer said so. */
  async goOn(): Promise<void> {
    this.#since = this.feed.active + 1;
    this.#seconds = 0;
    await this.feed.goOn();
  }
}
