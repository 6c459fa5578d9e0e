import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { client, type Comment, type Me } from '../api/client';
import { session } from '../auth/session.svelte';
import * as live from '../lib/live';
import { on } from '../lib/events';
import { CommentsState } from './comments.svelte';

const comment = (id: string, author = 'someone'): Comment =>
  ({ id, author: { id: author }, text: id, may_delete: false }) as Comment;
const answer = (data: unknown, status = 200): never =>
  ({ data, error: data, response: new Response(null, { status }) }) as never;

let told: (message: Omit<live.LiveMessage, 'topic'>) => void;
let leave: ReturnType<typeof vi.fn>;

/** Open the comments of video `v`, whose author is `author`, with one page on the server. */
async function open(items: Comment[] = [], next: string | null = null): Promise<CommentsState> {
  vi.spyOn(client, 'GET').mockResolvedValue(answer({ items, next_cursor: next }));
  const state = new CommentsState('v', 'author');
  state.open();
  await vi.waitFor(() => expect(state.isLoading).toBe(false));
  return state;
}
const ids = (state: CommentsState): string[] => state.items.map((item) => item.id);

beforeEach(() => {
  leave = vi.fn();
  vi.spyOn(live, 'subscribe').mockImplementation((topic, handler) => {
    told = (message) => handler({ topic, ...message });
    return leave as unknown as () => void;
  });
  session.me = { id: 'me' } as Me;
  session.isKnown = true;
  vi.spyOn(session, 'ready').mockResolvedValue();
});
afterEach(() => (session.me = null));

describe('live comments', () => {
  it('arrive on top, once, also when the answer to writing came first', async () => {
    const state = await open([comment('a')]);
    vi.spyOn(client, 'POST').mockResolvedValue(answer(comment('b', 'me'), 201));
    expect(await state.write('b')).toBe(true);
    told({ event: 'comment.created', data: { comment: comment('b', 'me') } });
    expect(ids(state)).toEqual(['b', 'a']);
  });

  it('may be deleted by who wrote them and by the author of the video', async () => {
    const state = await open();
    told({ event: 'comment.created', data: { comment: comment('mine', 'me') } });
    told({ event: 'comment.created', data: { comment: comment('theirs') } });
    expect(state.items.map((item) => item.may_delete)).toEqual([false, true]);
    session.me = { id: 'author' } as Me;
    told({ event: 'comment.created', data: { comment: comment('under mine') } });
    expect(state.items[0]?.may_delete).toBe(true);
  });

  it('vanish when they are deleted elsewhere', async () => {
    const state = await open([comment('a'), comment('b')]);
    told({ event: 'comment.deleted', data: { id: 'a' } });
    expect(ids(state)).toEqual(['b']);
  });

  it('are read anew when some may have been missed', async () => {
    const state = await open([comment('a')]);
    vi.spyOn(client, 'GET').mockResolvedValue(
      answer({ items: [comment('b'), comment('a')], next_cursor: null }),
    );
    told({ event: 'bus.lost', data: {} });
    await vi.waitFor(() => expect(ids(state)).toEqual(['b', 'a']));
  });
});

describe('deleting', () => {
  it('brings the comment back when the server refuses', async () => {
    const state = await open([comment('a'), comment('b')]);
    vi.spyOn(client, 'DELETE').mockResolvedValue(answer({ detail: 'Not yours.' }, 403));
    const toasts: string[] = [];
    const stop = on('toast', (words) => toasts.push(words));
    await state.remove(state.items[0]!);
    stop();
    expect(ids(state)).toEqual(['a', 'b']);
    expect(toasts).toEqual(['Not yours.']);
  });
});
