/** What the viewer says themselves: shown at once, sent once, however often it is tried. */
import { client, data, say, type Comment } from '../api/client';
import { requireSignIn, session } from '../auth/session.svelte';
import { emit } from '../lib/events';
import { inOrder } from '../lib/inOrder';
import { deliver } from '../lib/sending';
import { uuid7 } from '../lib/uuid';
import type { CommentsState } from './comments.svelte';
import type { Line } from './thread.svelte';

/** Say something, or put in other words what is being edited; whether it may be cleared from the field. */
export async function write(comments: CommentsState, text: string): Promise<boolean> {
  let isTaken = false;
  await requireSignIn(async () => {
    const { edited, answered } = comments;
    comments.edited = comments.answered = null;
    isTaken = true;
    if (edited) await edit(comments, edited, text);
    else {
      const line = draft(comments, text, answered);
      comments.add(line, true);
      void send(comments, line.id);
    }
  }, 'Sign up to comment.');
  return isTaken;
}

/** What is shown until the server has answered; its id is the key of the request. */
function draft(comments: CommentsState, text: string, answered: Line | null): Line {
  const { id, handle, name, avatar_url } = session.me!;
  return {
    id: uuid7(),
    thread_id: answered ? (answered.thread_id ?? answered.id) : null,
    reply_to: answered?.id ?? null,
    author: { id, handle, name, avatar_url },
    text,
    mentions: [],
    made_at: new Date().toISOString(),
    edited_at: null,
    like_count: 0,
    reply_count: 0,
    is_liked: false,
    is_liked_by_creator: false,
    is_by_creator: comments.isCreator,
    is_pinned: false,
    held_for: null,
    is_deleted: false,
    may_edit: false,
    may_delete: false,
    sending: 'now',
  };
}

/** Send one that waits, once more perhaps: the key makes one of it. */
export async function send(comments: CommentsState, key: string): Promise<void> {
  const line = comments.find(key);
  if (!line) return;
  const body = { text: line.text, key, reply_to: line.reply_to ?? null };
  const path = { video_id: comments.videoId };
  const ask = () => data(client.POST('/api/v1/videos/{video_id}/comments', { params: { path }, body }));
  const said = await deliver(() => comments.find(key), ask);
  if (!said) return;
  settle(comments, key, said);
  if (said.held_for) emit('toast', 'The creator reads your comment before others do.');
}

/** Put what the server made of it in its place. */
function settle(comments: CommentsState, key: string, said: Comment): void {
  const line = comments.find(key);
  if (!line) return comments.add(said, true);
  if (comments.find(said.id)) return comments.take(key);
  Object.assign(line, { sending: undefined, reply_to: undefined, ...said });
}

async function edit(comments: CommentsState, line: Line, text: string): Promise<void> {
  const { text: before, edited_at } = line;
  comments.change({ id: line.id, text, edited_at: new Date().toISOString() });
  try {
    const path = { comment_id: line.id };
    const ask = () =>
      data(client.PATCH('/api/v1/comments/{comment_id}', { params: { path }, body: { text } }));
    comments.change(await inOrder(`comment ${line.id}`, ask));
  } catch (problem) {
    comments.change({ id: line.id, text: before, edited_at });
    emit('toast', say(problem));
  }
}
