/** What the viewer does with comments: shown at once, sent in order, taken back where the server refuses. */
import { client, data, say, type Schemas } from '../api/client';
import { requireSignIn } from '../auth/session.svelte';
import { emit } from '../lib/events';
import { inOrder } from '../lib/inOrder';
import { plural } from '../lib/words';
import type { CommentsState } from './comments.svelte';
import type { Line } from './thread.svelte';

/** How often a like of each was asked for: only the answer to the last one says how it is. */
const asked = new Map<string, number>();

export async function like(comments: CommentsState, line: Line, wanted: boolean): Promise<void> {
  await requireSignIn(() => sendLike(comments, line.id, wanted), 'Sign up to like comments.');
}

async function sendLike(comments: CommentsState, id: string, wanted: boolean): Promise<void> {
  const line = comments.find(id);
  if (!line || line.is_liked === wanted) return;
  const turn = (asked.get(id) ?? 0) + 1;
  asked.set(id, turn);
  mark(comments, line, wanted, line.like_count + (wanted ? 1 : -1));
  const options = { params: { path: { comment_id: id } } };
  const path = '/api/v1/comments/{comment_id}/like';
  try {
    const ask = () => data(wanted ? client.PUT(path, options) : client.DELETE(path, options));
    const answer = await inOrder(`like of comment ${id}`, ask);
    if (asked.get(id) === turn) mark(comments, line, answer.liked, answer.like_count);
  } catch (problem) {
    if (asked.get(id) === turn) mark(comments, line, !wanted, line.like_count + (wanted ? -1 : 1));
    emit('toast', say(problem));
  }
}

function mark(comments: CommentsState, line: Line, isLiked: boolean, count: number): void {
  const creators = comments.isCreator ? { is_liked_by_creator: isLiked } : {};
  comments.change({ id: line.id, is_liked: isLiked, like_count: Math.max(0, count), ...creators });
}

export async function pin(comments: CommentsState, line: Line, wanted: boolean): Promise<void> {
  const options = { params: { path: { comment_id: line.id } } };
  const path = '/api/v1/comments/{comment_id}/pin';
  comments.change({ id: line.id, is_pinned: wanted });
  try {
    const ask = () => data(wanted ? client.PUT(path, options) : client.DELETE(path, options));
    await inOrder(`pin of comment ${line.id}`, ask);
  } catch (problem) {
    comments.change({ id: line.id, is_pinned: !wanted });
    emit('toast', say(problem));
  }
}

export async function remove(comments: CommentsState, line: Line): Promise<void> {
  const before = { ...line };
  const thread = comments.threadOf(line);
  const at = thread ? comments.threads.indexOf(thread) : 0;
  comments.take(line.id, !line.thread_id && line.reply_count > 0);
  try {
    const path = { comment_id: line.id };
    await data(client.DELETE('/api/v1/comments/{comment_id}', { params: { path } }));
  } catch (problem) {
    if (comments.find(before.id)) comments.change(before);
    else if (before.thread_id) thread?.add(before, true);
    else if (thread) comments.threads.splice(at, 0, thread);
    emit('toast', say(problem));
  }
}

/** Approve or delete several; what refuses is shown as it was, and named. */
export async function changeMany(
  comments: CommentsState,
  ids: readonly string[],
  change: Schemas['CommentBulk'],
): Promise<void> {
  try {
    const body = { ids: [...ids], change };
    const { results } = await data(client.POST('/api/v1/me/comments/many', { body }));
    for (const { id, refusal } of results) {
      if (refusal) continue;
      const line = comments.find(id);
      if (change === 'approve') comments.change({ id, held_for: null });
      else if (line) comments.take(id, !line.thread_id && line.reply_count > 0);
    }
    tell(results);
  } catch (problem) {
    emit('toast', say(problem));
  }
}

/** Say what became of several. */
function tell(results: readonly Schemas['OutcomeOut'][]): void {
  const refused = results.filter(({ refusal }) => refusal);
  const [first] = refused;
  if (!first?.refusal) return;
  const how = plural(refused.length, ['# comment stays as it was.', '# comments stay as they were.']);
  emit('toast', `${how} ${first.refusal.detail}`);
}
