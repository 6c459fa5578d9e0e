/** What somebody new says they like, so that For You need not find out: dials turned up, or a feed that is everybody's. */
import { client, data } from '../api/client';
import { save } from '../lib/storage';
import { FeedControlsState, type Dial } from '../settings/feedControls.svelte';

/** Enough to tell the topics apart by. */
export const LEAST = 3;
const MOST_SHOWN = 20;
const LEAST_TOPICS = 4;
/** Whoever has watched more is not new. */
const FEW_WATCHED = 10;
const MORE = 1;

export class Interests {
  readonly feed = new FeedControlsState();
  picked = $state<number[]>([]);
  isPersonalised = $state(true);
  isSaving = $state(false);

  get topics(): Dial[] {
    return this.feed.controls?.topics.slice(0, MOST_SHOWN) ?? [];
  }

  get isEnough(): boolean {
    return !this.isPersonalised || this.picked.length >= LEAST;
  }

  /** Whether there is something to ask, of somebody who has neither watched much nor set anything yet. */
  async mayAsk(): Promise<boolean> {
    await this.feed.load();
    const { controls } = this.feed;
    if (!controls || controls.topics.length < LEAST_TOPICS) return false;
    const hasSet = controls.topics.some(({ step }) => step !== 0) || !controls.is_personalised;
    return !hasSet && !controls.is_history_paused && (await isNew());
  }

  toggle(id: number): void {
    const others = this.picked.filter((picked) => picked !== id);
    this.picked = others.length < this.picked.length ? others : [...others, id];
  }

  /** Whether all of it holds now; saving it again is the same. */
  async keep(): Promise<boolean> {
    this.isSaving = true;
    const isSet = await this.#set();
    this.isSaving = false;
    if (isSet) settle();
    return isSet;
  }

  async #set(): Promise<boolean> {
    if (!this.isPersonalised) return this.feed.change({ is_personalised: false });
    for (const dial of this.topics.filter(({ id }) => this.picked.includes(id))) {
      await this.feed.turn(dial, MORE);
      if (this.feed.error) return false;
    }
    return true;
  }
}

/** Nobody is asked twice in one browser. */
export function settle(): void {
  save('interests', 'asked');
}

async function isNew(): Promise<boolean> {
  const query = { limit: FEW_WATCHED + 1 };
  const { items } = await data(client.GET('/api/v1/me/feed/history', { params: { query } }));
  return items.length <= FEW_WATCHED;
}
