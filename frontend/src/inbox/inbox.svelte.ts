/** The viewer's notices: read page by page, by topic, and marked as read once they were shown. */
import { client, data, say } from '../api/client';
import type { Notice } from './groups';

export type Topic = Exclude<Notice['topic'], 'messages'>; // messages have a page of their own

export class InboxState {
  notices = $state<Notice[]>([]);
  topic = $state<Topic | ''>('');
  isLoading = $state(false);
  isOver = $state(false);
  error = $state('');
  #cursor = '';
  #request = 0;

  /** From the top, of one topic or of all. */
  async open(topic: Topic | ''): Promise<void> {
    this.topic = topic;
    this.notices = [];
    await this.#from('');
    await this.#markRead();
  }

  /** The top anew: what came meanwhile stands there, and what was shown as new a moment ago still does. */
  async renew(): Promise<void> {
    const unread = new Set(this.notices.filter(({ is_read }) => !is_read).map(({ id }) => id));
    await this.#from('');
    for (const notice of this.notices) if (unread.has(notice.id)) notice.is_read = false;
    await this.#markRead();
  }

  async more(): Promise<void> {
    if (!this.isLoading && !this.isOver) await this.#from(this.#cursor);
  }

  async #from(cursor: string): Promise<void> {
    const request = ++this.#request;
    this.isLoading = true;
    this.error = '';
    try {
      const query = { ...(this.topic ? { topic: this.topic } : {}), ...(cursor ? { cursor } : {}) };
      const page = await data(client.GET('/api/v1/me/inbox', { params: { query } }));
      if (request !== this.#request) return;
      this.notices = cursor ? [...this.notices, ...page.items] : page.items;
      this.#cursor = page.next_cursor ?? '';
      this.isOver = page.next_cursor === null;
    } catch (problem) {
      if (request === this.#request) this.error = say(problem);
    } finally {
      if (request === this.#request) this.isLoading = false;
    }
  }

  /** Only where all of them are shown: what is of another topic has not been seen. They stay under New until the page is left. */
  async #markRead(): Promise<void> {
    const newest = this.notices[0];
    if (this.topic || !newest || !this.notices.some(({ is_read }) => !is_read)) return;
    try {
      await data(client.POST('/api/v1/me/inbox/read', { body: { up_to: newest.id } }));
    } catch {
      return; // they are new once more the next time
    }
  }
}
