/** The comments of one video: pages, threads, and what happens to them live. */
import { client, data, say, type Comment, type Schemas } from '../api/client';
import { session } from '../auth/session.svelte';
import { emit } from '../lib/events';
import { subscribe, type LiveMessage } from '../lib/live';
import { Picks } from '../lib/picks.svelte';
import { Thread, type Line } from './thread.svelte';

export type Order = Schemas['CommentOrder'];

export class CommentsState {
  threads = $state<Thread[]>([]);
  order = $state<Order>('relevance');
  mayComment = $state(true);
  isLoading = $state(false);
  isOver = $state(false);
  error = $state('');
  /** What the next words answer, or change. */
  answered = $state<Line | null>(null);
  edited = $state<Line | null>(null);
  isPicking = $state(false);
  readonly picks = new Picks(() => this.lines.map(({ id }) => id));
  #cursor = '';
  /** Answers to questions that were asked before the last change of order come too late. */
  #turn = 0;

  constructor(
    readonly videoId: string,
    readonly authorId: string,
  ) {}

  get isCreator(): boolean {
    return session.me?.id === this.authorId;
  }

  /** All that is shown, threads in a row. */
  get lines(): Line[] {
    return this.threads.flatMap((thread) => [thread.line, ...thread.replies]);
  }

  /** Load the first page and listen; returns how to stop. */
  open(): () => void {
    void this.more();
    const leave = [
      subscribe(`video:${this.videoId}`, (message) => this.hear(message)),
      ...(this.isCreator ? [subscribe('me', (message) => this.#hearHeld(message))] : []),
    ];
    return () => leave.forEach((stop) => stop());
  }

  async more(): Promise<void> {
    if (this.isLoading || this.isOver) return;
    const turn = this.#turn;
    this.isLoading = true;
    this.error = '';
    try {
      const page = await this.#read(this.#cursor, 20);
      if (turn !== this.#turn) return;
      this.#take(page);
      for (const line of page.items) if (!this.find(line.id)) this.threads.push(new Thread(line));
    } catch (problem) {
      if (turn === this.#turn) this.error = say(problem);
    } finally {
      if (turn === this.#turn) this.isLoading = false;
    }
  }

  sort(order: Order): void {
    if (order === this.order) return;
    this.order = order;
    this.#turn += 1;
    this.#cursor = '';
    this.isOver = this.isLoading = false;
    this.threads = this.threads.filter(({ line }) => line.sending);
    void this.more();
  }

  answer(line: Line): void {
    this.edited = null;
    this.answered = line;
  }

  edit(line: Line): void {
    this.answered = null;
    this.edited = line;
  }

  startPicking(line: Line): void {
    this.isPicking = true;
    this.picks.set(line.id, true);
  }

  stopPicking(): void {
    this.isPicking = false;
    this.picks.all(false);
  }

  async #read(cursor: string, limit: number): Promise<Schemas['VideoCommentsOut']> {
    const query = { sort: this.order, limit, ...(cursor ? { cursor } : {}) };
    const options = { params: { path: { video_id: this.videoId }, query } };
    return data(client.GET('/api/v1/videos/{video_id}/comments', options));
  }

  #take(page: Schemas['VideoCommentsOut']): void {
    this.#cursor = page.next_cursor ?? '';
    this.isOver = page.next_cursor === null;
    this.mayComment = page.may_comment;
  }

  find(id: string): Line | undefined {
    return this.lines.find((line) => line.id === id);
  }

  threadOf({ id, thread_id }: Pick<Line, 'id' | 'thread_id'>): Thread | undefined {
    return this.threads.find((thread) => thread.id === (thread_id ?? id));
  }

  /** Show one that is new, once: below what is pinned, or at the end of its thread. */
  add(line: Line, isOwn = false): void {
    if (this.find(line.id)) return;
    if (line.thread_id) return this.threadOf(line)?.add(line, isOwn);
    const pinned = this.threads.filter((thread) => thread.line.is_pinned).length;
    this.threads.splice(pinned, 0, new Thread(line));
  }

  /** Show it no more; what was answered to it stays, if it does. */
  take(id: string, keepsThread = false): void {
    const line = this.find(id);
    if (!line) return;
    this.picks.ids.delete(id);
    const thread = this.threadOf(line);
    if (line.thread_id && thread) thread.replies = thread.replies.filter((reply) => reply.id !== id);
    else if (keepsThread) Object.assign(line, { is_deleted: true, author: null, text: '', is_pinned: false });
    else this.threads = this.threads.filter((one) => one.id !== id);
  }

  change({ id, ...changes }: Partial<Line> & { id: string }): void {
    const line = this.find(id);
    if (!line) return;
    Object.assign(line, changes);
    if (changes.is_pinned !== undefined) this.#putFirst(id);
    if (line.is_deleted && line.reply_count === 0) this.take(id);
  }

  /** What was just pinned stands first; what is no more goes behind those that are. */
  #putFirst(id: string): void {
    const thread = this.threads.find((one) => one.id === id);
    if (!thread) return;
    const others = this.threads.filter((one) => one !== thread);
    const at = thread.line.is_pinned ? 0 : others.filter((one) => one.line.is_pinned).length;
    this.threads = [...others.slice(0, at), thread, ...others.slice(at)];
  }

  hear({ event, data: told }: LiveMessage): void {
    if (event === 'comment.created') this.#hearNew(told['comment'] as Comment);
    if (event === 'comment.changed') this.change(told['comment'] as Comment);
    if (event === 'comment.deleted') this.take(told['id'] as string, told['keeps_thread'] === true);
    if (event === 'counts') {
      const counts = told as { like_count: number; comment_count: number };
      const { like_count: likes, comment_count: comments } = counts;
      emit('countsChanged', { videoId: this.videoId, likes, comments });
    }
    if (event === 'bus.lost') void this.again();
  }

  #hearHeld({ event, data: told }: LiveMessage): void {
    if (event === 'comment.held' && told['video_id'] === this.videoId)
      this.#hearNew(told['comment'] as Comment);
  }

  /** Messages go to everyone alike: what is ours about one, we know ourselves. */
  #hearNew(comment: Comment): void {
    const me = session.me;
    const isOwn = me !== null && comment.author?.id === me.id;
    // The answer to our own request brings it, in the place of what is shown meanwhile.
    if (isOwn && this.lines.some((line) => line.sending === 'now' && comment.text.endsWith(line.text)))
      return;
    const line: Line = {
      ...comment,
      may_edit: isOwn,
      may_delete: isOwn || this.isCreator || (me !== null && me.role !== 'member'),
    };
    if (this.find(comment.id)) this.change(line);
    else this.add(line);
  }

  /** Read once more what is shown, in parts that are open as well: some changes may have gone unheard. */
  async again(): Promise<void> {
    const turn = ++this.#turn;
    const shown = this.threads.filter(({ line }) => !line.sending).length;
    try {
      const page = await this.#read('', Math.min(50, Math.max(20, shown)));
      if (turn !== this.#turn) return;
      this.#take(page);
      const known = new Map(this.threads.map((thread) => [thread.id, thread]));
      const read = page.items.map((line) => {
        const thread = known.get(line.id) ?? new Thread(line);
        thread.line = line;
        return thread;
      });
      this.threads = [...this.threads.filter(({ line }) => line.sending), ...read];
      await Promise.all(this.threads.map((thread) => thread.again()));
    } catch (problem) {
      if (turn === this.#turn) this.error = say(problem);
    } finally {
      if (turn === this.#turn) this.isLoading = false;
    }
  }
}
