/** The comments of one video: pages, one's own at once, other people's live. */
import { client, data, say, type Comment, type Me } from '../api/client';
import { requireSignIn, session } from '../auth/session.svelte';
import { emit } from '../lib/events';
import { subscribe, type LiveMessage } from '../lib/live';

export class CommentsState {
  items = $state<Comment[]>([]);
  isLoading = $state(false);
  isOver = $state(false);
  error = $state('');
  #cursor = '';

  constructor(
    readonly videoId: string,
    readonly authorId: string,
  ) {}

  /** Load the first page and listen; returns how to stop. */
  open(): () => void {
    void this.more();
    return subscribe(`video:${this.videoId}`, (message) => this.#hear(message));
  }

  async more(): Promise<void> {
    if (this.isLoading || this.isOver) return;
    this.isLoading = true;
    this.error = '';
    try {
      const query = this.#cursor ? { cursor: this.#cursor } : {};
      const options = { params: { path: { video_id: this.videoId }, query } };
      const page = await data(client.GET('/api/v1/videos/{video_id}/comments', options));
      this.#add(page.items, false);
      this.#cursor = page.next_cursor ?? '';
      this.isOver = page.next_cursor === null;
    } catch (error) {
      this.error = say(error);
    } finally {
      this.isLoading = false;
    }
  }

  #add(comments: readonly Comment[], atTop: boolean): void {
    const known = new Set(this.items.map((item) => item.id));
    const fresh = comments.filter((comment) => !known.has(comment.id));
    if (atTop) this.items.unshift(...fresh);
    else this.items.push(...fresh);
  }

  #hear({ event, data: told }: LiveMessage): void {
    if (event === 'comment.created') this.#add([this.#mine(told['comment'] as Comment)], true);
    if (event === 'comment.deleted') this.items = this.items.filter((item) => item.id !== told['id']);
    if (event === 'counts') {
      const { like_count: likes, comment_count: comments } = told as {
        like_count: number;
        comment_count: number;
      };
      emit('countsChanged', { videoId: this.videoId, likes, comments });
    }
    if (event === 'bus.lost') void this.#reload();
  }

  /** Messages go to everyone alike: whether we may delete one, we know ourselves. */
  #mine(comment: Comment): Comment {
    const me: Me | null = session.me;
    return { ...comment, may_delete: me !== null && [comment.author.id, this.authorId].includes(me.id) };
  }

  async #reload(): Promise<void> {
    this.#cursor = '';
    this.isOver = false;
    this.items = [];
    await this.more();
  }

  /** Say something; resolves to whether it was said. */
  async write(text: string): Promise<boolean> {
    let isSaid = false;
    await requireSignIn(async () => {
      try {
        const options = { params: { path: { video_id: this.videoId } }, body: { text } };
        const comment = await data(client.POST('/api/v1/videos/{video_id}/comments', options));
        this.#add([comment], true);
        isSaid = true;
      } catch (error) {
        emit('toast', say(error));
      }
    }, 'Sign up to comment.');
    return isSaid;
  }

  async remove(comment: Comment): Promise<void> {
    const before = this.items;
    this.items = before.filter((item) => item.id !== comment.id);
    try {
      await data(
        client.DELETE('/api/v1/comments/{comment_id}', { params: { path: { comment_id: comment.id } } }),
      );
    } catch (error) {
      this.items = before;
      emit('toast', say(error));
    }
  }
}
