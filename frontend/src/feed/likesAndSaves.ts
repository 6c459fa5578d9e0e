/** Likes and saves that survive a lost network: each wish is kept until the server has it, and the last one counts. */
import { ApiProblem, client, data, say, type Video } from '../api/client';
import { session } from '../auth/session.svelte';
import { emit } from '../lib/events';
import { loadObject, save } from '../lib/storage';

type Wishes = Record<string, boolean>;

/** What a viewer can do with a video: the mark that it leaves, and what is counted. */
const KINDS = { like: ['liked', 'likes'], save: ['saved', 'saves'] } as const;
export type Kind = keyof typeof KINDS;
/** What a visitor is told who wants to. */
export const WHY: Readonly<Record<Kind, string>> = {
  like: 'Sign up to like this video. It takes a name and a password.',
  save: 'Sign up to save this video. It takes a name and a password.',
};

/** Each person has their own: whoever signs in next on this browser does not send them. */
function store(kind: Kind): string {
  return `${KINDS[kind][1]}.${session.me?.id ?? ''}`;
}

function kept(kind: Kind): Wishes {
  return loadObject<Wishes>(store(kind)) as Wishes;
}

function keep(kind: Kind, wishes: Wishes): void {
  save(store(kind), Object.keys(wishes).length > 0 ? JSON.stringify(wishes) : null);
}

function forget(kind: Kind, id: string, wanted: boolean): void {
  const { [id]: last, ...others } = kept(kind);
  if (last === wanted) keep(kind, others);
}

/** No answer, or one from a server that is not there just now. */
function isAway(error: unknown): boolean {
  return error instanceof ApiProblem && (error.status === 0 || error.status > 501);
}

/** Ask the server for the last wish about a video; how many people wish the same, or null while it cannot be reached. */
async function send(kind: Kind, id: string, wanted: boolean): Promise<number | null> {
  const options = { params: { path: { video_id: id } } };
  const path = `/api/v1/videos/{video_id}/${kind}` as const;
  try {
    const answer = await data(wanted ? client.PUT(path, options) : client.DELETE(path, options));
    forget(kind, id, wanted);
    return 'like_count' in answer ? answer.like_count : answer.save_count;
  } catch (error) {
    if (isAway(error)) return null;
    forget(kind, id, wanted);
    throw error;
  }
}

/**
 * Like or save a video, or no longer: shown at once, sent as soon as it can be, taken back where the server refuses.
 * False where that is so already, or refused.
 */
export async function mark(
  kind: Kind,
  item: Pick<Video, 'id' | 'viewer' | 'counts'>,
  wanted: boolean,
): Promise<boolean> {
  const [is, counted] = KINDS[kind];
  if (item.viewer[is] === wanted) return false;
  const before = item.counts[counted];
  item.viewer[is] = wanted;
  item.counts[counted] = before + (wanted ? 1 : -1);
  keep(kind, { ...kept(kind), [item.id]: wanted });
  try {
    const number = await send(kind, item.id, wanted);
    if (number !== null) emit('countsChanged', { videoId: item.id, [counted]: number });
    return true;
  } catch (error) {
    item.viewer[is] = !wanted;
    item.counts[counted] = before;
    emit('toast', say(error));
    return false;
  }
}

/** Send what waits. Whoever sees one of these videos sees how it ended. */
export async function sendMarks(): Promise<void> {
  for (const kind of Object.keys(KINDS) as Kind[]) {
    if (!(await sendKept(kind))) return; // still away
  }
}

async function sendKept(kind: Kind): Promise<boolean> {
  const [is, counted] = KINDS[kind];
  for (const [id, wanted] of Object.entries(kept(kind))) {
    if (kept(kind)[id] !== wanted) continue; // another wish came meanwhile
    try {
      const number = await send(kind, id, wanted);
      if (number === null) return false;
      emit('markSettled', { videoId: id, mark: is, isSet: wanted, counted, number });
    } catch (error) {
      emit('markSettled', { videoId: id, mark: is, isSet: !wanted, counted });
      emit('toast', say(error));
    }
  }
  return true;
}
