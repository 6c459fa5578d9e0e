/** One conversation: its messages page by page, what is written into it, and what happens in it live. */
import { ApiProblem, client, data, say } from '../api/client';
import { session } from '../auth/session.svelte';
import { deliver } from '../lib/sending';
import { unread } from '../inbox/unread.svelte';
import type { LiveMessage } from '../lib/live';
import { isLater, type Conversation, type Line, type Message } from './types';
import { outbox } from './outbox.svelte';

const MISSING = 404;

export class ConversationState {
  about = $state<Conversation | null>(null);
  /** The last of ours that the other has read, where both let it be known. */
  readUpTo = $state<string | null>(null);
  isLoading = $state(false);
  isOver = $state(false);
  isMissing = $state(false);
  error = $state('');
  /** What the server has, oldest first. */
  #known = $state<Line[]>([]);
  #cursor = '';

  /** @param whom its id, or `@` and the handle of the person it is with. */
  constructor(readonly whom: string) {}

  get handle(): string {
    return this.about?.person.handle ?? this.whom.replace(/^@/, '');
  }

  /** All that is shown, oldest first. */
  get lines(): Line[] {
    return this.about ? [...this.#known, ...outbox.to(this.handle)] : [];
  }

  /** The id under which the server knows it; empty before the first message. */
  get id(): string {
    return this.about?.id ?? '';
  }

  async open(): Promise<void> {
    this.error = '';
    try {
      await this.ask();
      if (this.id) await this.older();
      else this.isOver = true;
    } catch (problem) {
      this.isMissing = problem instanceof ApiProblem && problem.status === MISSING;
      this.error = say(problem);
    }
  }

  /** How it stands: whose turn it is, and who may write. */
  async ask(): Promise<void> {
    this.about = this.whom.startsWith('@')
      ? await data(
          client.GET('/api/v1/people/{handle}/conversation', { params: { path: { handle: this.handle } } }),
        )
      : await data(
          client.GET('/api/v1/conversations/{conversation_id}', {
            params: { path: { conversation_id: this.whom } },
          }),
        );
  }

  async older(): Promise<void> {
    if (this.isLoading || this.isOver || !this.id) return;
    this.isLoading = true;
    this.error = '';
    try {
      const page = await this.#read(this.#cursor);
      this.#merge(page.items);
      this.#cursor = page.next_cursor ?? '';
      this.isOver = page.next_cursor === null;
    } catch (problem) {
      this.error = say(problem);
    } finally {
      this.isLoading = false;
    }
  }

  /** What is new at its end, and what was taken back of that. Where more is new than a page, what is older comes anew. */
  async renew(): Promise<void> {
    await this.ask();
    if (!this.id) return;
    const page = await this.#read('');
    const isJoined = page.items.some(({ id }) => this.#known.some((line) => line.id === id));
    if (!isJoined) {
      this.#known = [];
      this.#cursor = page.next_cursor ?? '';
      this.isOver = page.next_cursor === null;
    }
    this.#merge(page.items);
  }

  /** Once more, after something did not come. */
  async again(): Promise<void> {
    if (!this.about) return this.open();
    this.error = '';
    await this.renew().catch((problem: unknown) => (this.error = say(problem)));
  }

  async #read(cursor: string) {
    const query = cursor ? { cursor } : {};
    const params = { path: { conversation_id: this.id }, query };
    const page = await data(client.GET('/api/v1/conversations/{conversation_id}/messages', { params }));
    this.readUpTo = page.read_up_to;
    return page;
  }

  #merge(messages: readonly Message[]): void {
    const fresh = new Map(messages.map((message) => [message.id, message]));
    for (const { key } of messages) if (key) outbox.drop(this.handle, key);
    const kept = this.#known.filter(({ id }) => !fresh.has(id));
    this.#known = [...kept, ...messages].sort((one, other) => (isLater(one.id, other.id) ? 1 : -1));
  }

  /** Say something: it is shown at once. */
  write(text: string): void {
    void this.send(outbox.add(this.handle, text));
  }

  /** Send one that waits, once more perhaps: the key makes one of it. */
  async send(key: string): Promise<void> {
    const { handle } = this;
    const line = outbox.find(handle, key);
    if (!line) return;
    const body = { text: line.text, video_id: null, key };
    const ask = () =>
      data(client.POST('/api/v1/people/{handle}/messages', { params: { path: { handle } }, body }));
    const sent = await deliver(() => outbox.find(handle, key), ask);
    if (!sent) return;
    this.#merge([sent]);
    if (this.about?.state !== 'open') await this.ask().catch(() => undefined); // it is asked again with the next one
  }

  discard(key: string): void {
    outbox.drop(this.handle, key);
  }

  /** Take one of the viewer's own back, for both. It is gone from the screen once it is gone. */
  async unsend(line: Line): Promise<void> {
    await data(client.DELETE('/api/v1/messages/{message_id}', { params: { path: { message_id: line.id } } }));
    this.#blank(line.id);
  }

  #blank(id: string): void {
    const line = this.#known.find((one) => one.id === id);
    if (line) Object.assign(line, { text: '', video: null, unsent: true });
  }

  async accept(): Promise<void> {
    const params = { path: { conversation_id: this.id } };
    this.about = await data(client.POST('/api/v1/conversations/{conversation_id}/accept', { params }));
  }

  async mute(isOn: boolean): Promise<void> {
    const params = { path: { conversation_id: this.id } };
    const path = '/api/v1/conversations/{conversation_id}/mute';
    await data(isOn ? client.PUT(path, { params }) : client.DELETE(path, { params }));
    if (this.about) this.about.muted = isOn;
  }

  async remove(): Promise<void> {
    const params = { path: { conversation_id: this.id } };
    await data(client.DELETE('/api/v1/conversations/{conversation_id}', { params }));
  }

  /** The viewer sees the end of it. */
  async markRead(): Promise<void> {
    const { about } = this;
    const newest = this.#known.findLast(({ mine }) => !mine);
    if (!newest || !about?.unread) return;
    const before = about.unread;
    about.unread = 0;
    const params = { path: { conversation_id: this.id } };
    const path = '/api/v1/conversations/{conversation_id}/read';
    try {
      unread.take(await data(client.POST(path, { params, body: { message_id: newest.id } })));
    } catch {
      about.unread = before; // until the next look at it
    }
  }

  /** Something was told, of this conversation or another. The first message of all makes this one's id known. */
  async hear({ event, data: told }: LiveMessage): Promise<void> {
    const isLost = event === 'bus.lost';
    if (!isLost && told['conversation_id'] !== this.id && (this.id || event !== 'message')) return;
    if (event === 'message_unsent') this.#blank(told['message_id'] as string);
    if (event === 'message_read' && told['by'] !== session.me?.id)
      this.readUpTo = told['message_id'] as string;
    if (isLost || event === 'message' || event === 'conversation') await this.again();
  }
}
