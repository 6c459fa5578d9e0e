/** The viewer's conversations: those they take part in, or those that others ask them for. */
import { client, data, say } from '../api/client';
import type { Conversation, Folder } from './types';

export class ConversationList {
  items = $state<Conversation[]>([]);
  folder = $state<Folder>('inbox');
  isLoading = $state(false);
  isOver = $state(false);
  error = $state('');
  #cursor = '';
  /** What an earlier question still brings is late. */
  #asked = 0;

  /** From the top. */
  async open(folder: Folder): Promise<void> {
    this.folder = folder;
    this.items = [];
    await this.#from('');
  }

  async more(): Promise<void> {
    if (!this.isLoading && !this.isOver) await this.#from(this.#cursor);
  }

  /** The top anew: what has moved stands there, what lies further down stays where it was. */
  async renew(): Promise<void> {
    const turn = (this.#asked += 1);
    try {
      const page = await this.#read('');
      if (turn !== this.#asked) return;
      const fresh = new Set(page.items.map(({ id }) => id));
      const end = page.items.at(-1)?.last?.at;
      const below = this.items.filter(
        ({ id, last }) => page.next_cursor !== null && !fresh.has(id) && end && last && last.at < end,
      );
      this.items = [...page.items, ...below];
      if (below.length > 0) return;
      this.#cursor = page.next_cursor ?? '';
      this.isOver = page.next_cursor === null;
    } catch (problem) {
      // What is shown stays; the next message, or the next line to the server, asks again.
      if (turn === this.#asked && this.items.length === 0) this.error = say(problem);
    } finally {
      if (turn === this.#asked) this.isLoading = false;
    }
  }

  /** Show what has changed; what was asked for and is accepted now stands in the other list, which is opened. */
  change({ id, ...changes }: Partial<Conversation> & { id: Conversation['id'] }): void {
    const known = this.items.find((one) => one.id === id);
    const isAccepted = known?.state === 'requested' && changes.state === 'open';
    if (known) Object.assign(known, changes);
    if (isAccepted) void this.open('inbox');
  }

  /** Show it no more. */
  take(id: Conversation['id']): void {
    this.items = this.items.filter((one) => one.id !== id);
  }

  #read(cursor: string) {
    const query = { folder: this.folder, ...(cursor ? { cursor } : {}) };
    return data(client.GET('/api/v1/conversations', { params: { query } }));
  }

  async #from(cursor: string): Promise<void> {
    const turn = (this.#asked += 1);
    this.isLoading = true;
    this.isOver = false;
    this.error = '';
    try {
      const page = await this.#read(cursor);
      if (turn !== this.#asked) return;
      this.items = cursor ? [...this.items, ...page.items] : page.items;
      this.#cursor = page.next_cursor ?? '';
      this.isOver = page.next_cursor === null;
    } catch (problem) {
      if (turn === this.#asked) this.error = say(problem);
    } finally {
      if (turn === this.#asked) this.isLoading = false;
    }
  }
}
