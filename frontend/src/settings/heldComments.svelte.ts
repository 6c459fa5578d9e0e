/** What waits under the viewer's own videos: pages of it, and what becomes of it. */
import { client, data, say, type Schemas } from '../api/client';
import { emit } from '../lib/events';
import { subscribe } from '../lib/live';
import { Picks } from '../lib/picks.svelte';
import { plural } from '../lib/words';

export const MOST_AT_ONCE = 100;

export class HeldComments {
  items = $state<Schemas['HeldCommentOut'][]>([]);
  total = $state(0);
  isLoading = $state(false);
  isOver = $state(false);
  isBusy = $state(false);
  error = $state('');
  readonly picks = new Picks(() => this.items.map(({ comment }) => comment.id).slice(0, MOST_AT_ONCE));
  #cursor = '';

  /** Load the first page and listen; returns how to stop. */
  open(): () => void {
    void this.more();
    return subscribe('me', ({ event }) => {
      if (event === 'comment.held' || event === 'bus.lost') void this.again();
    });
  }

  async more(): Promise<void> {
    if (this.isLoading || this.isOver) return;
    this.isLoading = true;
    this.error = '';
    try {
      const page = await this.#read(this.#cursor);
      const known = new Set(this.items.map(({ comment }) => comment.id));
      this.items.push(...page.items.filter(({ comment }) => !known.has(comment.id)));
    } catch (problem) {
      this.error = say(problem);
    } finally {
      this.isLoading = false;
    }
  }

  /** Read the first page once more; what was picked and is still there stays so. */
  async again(): Promise<void> {
    try {
      this.items = (await this.#read('')).items;
      this.picks.keepShown();
    } catch (problem) {
      this.error = say(problem);
    }
  }

  async #read(cursor: string): Promise<Schemas['HeldPageOut']> {
    const query = { limit: 50, ...(cursor ? { cursor } : {}) };
    const page = await data(client.GET('/api/v1/me/comments/held', { params: { query } }));
    this.#cursor = page.next_cursor ?? '';
    this.isOver = page.next_cursor === null;
    this.total = page.total;
    return page;
  }

  /** Approve or delete those that are picked; what refuses stays, picked and named. */
  async change(change: Schemas['CommentBulk']): Promise<void> {
    this.isBusy = true;
    try {
      const body = { ids: [...this.picks.ids], change };
      const { results } = await data(client.POST('/api/v1/me/comments/many', { body }));
      const refused = results.filter(({ refusal }) => refusal);
      for (const { id, refusal } of results) if (!refusal) this.#settle(id);
      const why = refused[0]?.refusal?.detail;
      const how = plural(refused.length, ['# comment stays as it was.', '# comments stay as they were.']);
      if (why) emit('toast', `${how} ${why}`);
      if (this.items.length === 0) void this.more();
    } catch (problem) {
      emit('toast', say(problem));
    } finally {
      this.isBusy = false;
    }
  }

  #settle(id: string): void {
    this.items = this.items.filter(({ comment }) => comment.id !== id);
    this.picks.ids.delete(id);
    this.total = Math.max(0, this.total - 1);
  }
}
