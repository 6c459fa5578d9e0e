/** Likes that survive a lost network: each wish is kept until the server has it, and the last one counts. */
import { ApiProblem, client, data, say, type Schemas, type Video } from '../api/client';
import { session } from '../auth/session.svelte';
import { emit } from '../lib/events';
import { loadObject, save } from '../lib/storage';

type Wishes = Record<string, boolean>;

/** Each person has their own: whoever signs in next on this browser does not send them. */
function store(): string {
  return `likes.${session.me?.id ?? ''}`;
}

function kept(): Wishes {
  return loadObject<Wishes>(store()) as Wishes;
}

function keep(wishes: Wishes): void {
  save(store(), Object.keys(wishes).length > 0 ? JSON.stringify(wishes) : null);
}

function forget(id: string, wanted: boolean): void {
  const { [id]: last, ...others } = kept();
  if (last === wanted) keep(others);
}

/** No answer, or one from a server that is not there just now. */
function isAway(error: unknown): boolean {
  return error instanceof ApiProblem && (error.status === 0 || error.status > 501);
}

/** Ask the server for the last wish about a video; null while it cannot be reached. */
async function send(id: string, wanted: boolean): Promise<Schemas['LikeState'] | null> {
  const options = { params: { path: { video_id: id } } };
  const path = '/api/v1/videos/{video_id}/like';
  try {
    const answer = await data(wanted ? client.PUT(path, options) : client.DELETE(path, options));
    forget(id, wanted);
    return answer;
  } catch (error) {
    if (isAway(error)) return null;
    forget(id, wanted);
    throw error;
  }
}

/** Like a video or stop liking it: shown at once, sent as soon as it can be, taken back where the server refuses. */
export async function like(item: Pick<Video, 'id' | 'viewer' | 'counts'>, wanted: boolean): Promise<boolean> {
  const before = item.counts.likes;
  item.viewer.liked = wanted;
  item.counts.likes = before + (wanted ? 1 : -1);
  keep({ ...kept(), [item.id]: wanted });
  try {
    const answer = await send(item.id, wanted);
    if (answer) emit('countsChanged', { videoId: item.id, likes: answer.like_count });
    return true;
  } catch (error) {
    item.viewer.liked = !wanted;
    item.counts.likes = before;
    emit('toast', say(error));
    return false;
  }
}

/** Send what waits. Whoever sees one of these videos sees how it ended. */
export async function sendLikes(): Promise<void> {
  for (const [id, wanted] of Object.entries(kept())) {
    if (kept()[id] !== wanted) continue; // another wish came meanwhile
    try {
      const answer = await send(id, wanted);
      if (!answer) return; // still away
      emit('likeSettled', { videoId: id, liked: wanted, likes: answer.like_count });
    } catch (error) {
      emit('likeSettled', { videoId: id, liked: !wanted });
      emit('toast', say(error));
    }
  }
}
