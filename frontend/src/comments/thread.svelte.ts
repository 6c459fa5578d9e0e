/** A comment with what was answered to it, loaded in parts. */
import { client, data, say, type Comment } from '../api/client';
import type { Sending } from '../lib/sending';

export interface Line extends Comment, Sending {
  /** What it answers, as long as it is sent. */
  reply_to?: string | null;
}

const FIRST = 3;
const MORE = 10;

export class Thread {
  line = $state() as Line;
  replies = $state<Line[]>([]);
  isLoading = $state(false);
  isOpen = $state(false);
  error = $state('');
  #cursor: string | null = '';

  constructor(line: Line) {
    this.line = line;
  }

  get id(): string {
    return this.line.id;
  }

  /** How many replies are not shown yet. */
  get left(): number {
    if (!this.isOpen) return this.line.reply_count;
    return this.#cursor === null ? 0 : Math.max(0, this.line.reply_count - this.replies.length);
  }

  /** Show three replies, then more of them. */
  async more(): Promise<void> {
    if (this.isLoading || this.#cursor === null) return;
    this.isLoading = true;
    this.error = '';
    try {
      const query = this.#cursor ? { cursor: this.#cursor, limit: MORE } : { limit: FIRST };
      await this.#load(query);
    } catch (problem) {
      this.error = say(problem);
    } finally {
      this.isLoading = false;
      this.isOpen = true;
    }
  }

  /** Read once more what is shown, after some of it may have changed unheard. */
  async again(): Promise<void> {
    if (!this.isOpen) return;
    const sending = this.replies.filter((reply) => reply.sending);
    const limit = Math.min(50, Math.max(FIRST, this.replies.length));
    this.replies = sending;
    await this.#load({ limit });
  }

  async #load(query: { cursor?: string; limit: number }): Promise<void> {
    const path = { comment_id: this.id };
    const options = { params: { path, query } };
    const page = await data(client.GET('/api/v1/comments/{comment_id}/replies', options));
    this.#cursor = page.next_cursor;
    this.#merge(page.items);
  }

  #merge(lines: readonly Line[]): void {
    const fresh = lines.filter(({ id }) => !this.replies.some((reply) => reply.id === id));
    this.replies = [...this.replies, ...fresh].sort(
      (one, other) => Date.parse(one.made_at) - Date.parse(other.made_at),
    );
  }

  /** One that has just been said; of a thread that is not shown to its end, only one's own is shown at once. */
  add(line: Line, isOwn: boolean): void {
    if (!isOwn && (!this.isOpen || this.#cursor !== null)) return;
    this.isOpen = true;
    this.#merge([line]);
  }

  hide(): void {
    this.isOpen = false;
    this.replies = this.replies.filter((reply) => reply.sending);
    this.#cursor = '';
  }
}
