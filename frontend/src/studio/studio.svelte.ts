/** The viewer's own videos in any state: read page by page, told live, and changed by the handful. */
import { client, data, inOwnWords, problem, say, type Schemas } from '../api/client';
import { emit } from '../lib/events';
import { subscribe } from '../lib/live';
import { Picks } from '../lib/picks.svelte';

export type Own = Schemas['OwnVideoOut'];
export type Show = Schemas['Show'];
export type Order = Schemas['OwnOrder'];
type Change = Omit<Schemas['ManyIn'], 'ids'>;

const PAGE = 30;
const MOST_AT_ONCE = 100;
const SETTLE_MS = 500;

/** Whether a video belongs under a heading, as the server sorts them. */
export function fits({ state, visibility, publish_at }: Own, show: Show): boolean {
  const isOut = state === 'published';
  switch (show) {
    case 'all':
      return state !== 'binned';
    case 'public':
      return isOut && visibility === 'everyone';
    case 'private':
      return isOut && visibility !== 'everyone';
    case 'scheduled':
      return publish_at !== null && (state === 'scheduled' || state === 'processing');
    case 'failed':
      return state === 'failed' || state === 'removed';
    case 'bin':
      return state === 'binned';
  }
}

export class StudioState {
  items = $state<Own[]>([]);
  totals = $state<Schemas['OwnTotals'] | null>(null);
  show = $state<Show>('all');
  order = $state<Order>('newest');
  isLoading = $state(false);
  isOver = $state(false);
  isBusy = $state(false);
  error = $state('');
  /** What went into the bin last, for as long as it may be taken back with one press. */
  undone = $state<readonly string[]>([]);
  readonly picks = new Picks(() => this.items.map(({ id }) => id));
  #cursor = '';
  #request = 0;
  #settling: ReturnType<typeof setTimeout> | undefined;

  /** Listen; returns how to stop. What is shown is read by `more`. */
  open(): () => void {
    const end = subscribe('me', ({ event, data: told }) => {
      if (event === 'bus.lost') void this.again();
      if (event === 'video.state') this.#hear(told as unknown as Schemas['VideoStatusOut']);
    });
    return () => {
      clearTimeout(this.#settling);
      end();
    };
  }

  choose(show: Show): void {
    this.show = show;
    this.picks.all(false);
    void this.again();
  }

  sort(order: Order): void {
    this.order = order;
    void this.again();
  }

  /** From the top. */
  async again(): Promise<void> {
    this.#request += 1;
    this.items = [];
    this.#cursor = '';
    this.isOver = this.isLoading = false;
    await this.more();
    this.picks.keepShown();
  }

  async more(): Promise<void> {
    if (this.isLoading || this.isOver) return;
    const request = this.#request;
    this.isLoading = true;
    this.error = '';
    try {
      const page = await this.#read(PAGE, this.#cursor);
      if (request !== this.#request) return;
      const known = new Set(this.items.map(({ id }) => id));
      this.items.push(...page.items.filter(({ id }) => !known.has(id)));
      this.#cursor = page.next_cursor ?? '';
      this.isOver = page.next_cursor === null;
      this.totals = page.totals;
    } catch (problem) {
      if (request === this.#request) this.error = say(problem);
    } finally {
      if (request === this.#request) this.isLoading = false;
    }
  }

  /** Do the same with several; what refuses stays picked, and is named. Returns those that did not. */
  async change(ids: readonly string[], change: Change): Promise<string[]> {
    this.isBusy = true;
    const refused: Schemas['OutcomeOut'][] = [];
    const changed: string[] = [];
    try {
      for (let from = 0; from < ids.length; from += MOST_AT_ONCE) {
        const body = { ...change, ids: ids.slice(from, from + MOST_AT_ONCE) };
        const { results } = await data(client.POST('/api/v1/me/videos/many', { body }));
        refused.push(...results.filter(({ refusal }) => refusal));
        const done = results.filter(({ refusal }) => !refusal).map(({ id }) => id);
        this.#apply(done, change);
        changed.push(...done);
      }
      await this.#name(refused, ids.length);
      await this.#count();
    } catch (problem) {
      emit('toast', say(problem));
    } finally {
      this.isBusy = false;
    }
    return changed;
  }

  /** Into the bin, from where one press brings them back for a while. */
  async remove(ids: readonly string[]): Promise<void> {
    this.undone = await this.change(ids, { change: 'delete' });
  }

  async undo(): Promise<void> {
    const ids = this.undone;
    this.undone = [];
    await this.change(ids, { change: 'restore' });
    await this.again();
  }

  async retry(id: string): Promise<void> {
    try {
      const path = { video_id: id };
      this.#hear(await data(client.POST('/api/v1/videos/{video_id}/retry', { params: { path } })));
    } catch (problem) {
      emit('toast', say(problem));
    }
  }

  #read(limit: number, cursor = ''): Promise<Schemas['OwnVideos']> {
    const query = { show: this.show, sort: this.order, limit, ...(cursor ? { cursor } : {}) };
    return data(client.GET('/api/v1/me/videos', { params: { query } }));
  }

  async #count(): Promise<void> {
    this.totals = (await this.#read(1)).totals;
  }

  #apply(ids: readonly string[], { change, visibility, commenters }: Change): void {
    const done = new Set(ids);
    const isMoved = change === 'delete' || change === 'restore' || change === 'erase';
    this.items = this.items
      .filter(({ id }) => !(isMoved && done.has(id)))
      .map((item) => {
        if (!done.has(item.id)) return item;
        if (change === 'audience') return { ...item, visibility: visibility! };
        return change === 'comments' ? { ...item, commenters: commenters! } : item;
      })
      .filter((item) => fits(item, this.show));
    for (const id of ids) this.picks.ids.delete(id);
  }

  async #name(refused: readonly Schemas['OutcomeOut'][], all: number): Promise<void> {
    const refusal = refused[0]?.refusal;
    if (!refusal) return;
    const why = say(await inOwnWords(problem(0, refusal)));
    emit('toast', all === 1 ? why : `${refused.length} of ${all} stayed as they were: ${why}`);
  }

  /** A line is told as it changes; what comes or goes is looked up once all is quiet. */
  #hear(told: Schemas['VideoStatusOut']): void {
    const known = this.items.find(({ id }) => id === told.id);
    const now = known && { ...known, ...told };
    if (now && fits(now, this.show)) {
      this.items = this.items.map((item) => (item.id === told.id ? now : item));
      return;
    }
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => void (this.isBusy || this.again()), SETTLE_MS);
  }
}
