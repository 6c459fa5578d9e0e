import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { client, type Comment, type Me } from '../api/client';
import { session } from '../auth/session.svelte';
import * as live from '../lib/live';
import { on } from '../lib/events';
import { changeMany, like, remove } from './acts';
import { CommentsState } from './comments.svelte';
import { send, write } from './write';

const comment = (id: string, author = 'someone', more: Partial<Comment> = {}): Comment =>
  ({
    id,
    author: { id: author, handle: author },
    thread_id: null,
    text: id,
    mentions: [],
    made_at: '2026-11-27T10:00:00Z',
    like_count: 0,
    reply_count: 0,
    is_pinned: false,
    is_liked: false,
    may_delete: false,
    ...more,
  }) as Comment;
const answer = (data: unknown, status = 200): never =>
  ({ data, error: data, response: new Response(null, { status }) }) as never;
const page = (items: Comment[], next_cursor: string | null = null): never =>
  answer({ items, next_cursor, may_comment: true });

let told: (event: string, data?: Record<string, unknown>) => void;
const toasts: string[] = [];
on('toast', (words) => toasts.push(words));

/** Open the comments of video `v`, whose author is `creator`, with one page on the server. */
async function open(items: Comment[] = []): Promise<CommentsState> {
  vi.spyOn(client, 'GET').mockResolvedValue(page(items));
  const state = new CommentsState('v', 'creator');
  state.open();
  await vi.waitFor(() => expect(state.isLoading).toBe(false));
  return state;
}
const ids = (state: CommentsState): string[] => state.lines.map((line) => line.id);
const texts = (state: CommentsState): string[] => state.lines.map((line) => line.text);

beforeEach(() => {
  toasts.length = 0;
  vi.spyOn(live, 'subscribe').mockImplementation((topic, handler) => {
    if (topic.startsWith('video:')) told = (event, data = {}) => handler({ topic, event, data });
    return () => undefined;
  });
  session.me = { id: 'me', handle: 'me', role: 'member' } as Me;
  session.isKnown = true;
  vi.spyOn(session, 'ready').mockResolvedValue();
});
afterEach(() => (session.me = null));

describe('live comments', () => {
  it('arrive below what is pinned, once, and with what the viewer may do', async () => {
    const state = await open([comment('p', 'x', { is_pinned: true }), comment('a')]);
    told('comment.created', { comment: comment('theirs') });
    told('comment.created', { comment: comment('theirs') });
    session.me = { id: 'creator', role: 'member' } as Me;
    told('comment.created', { comment: comment('under mine') });
    expect(ids(state)).toEqual(['p', 'under mine', 'theirs', 'a']);
    expect(state.lines.map((line) => line.may_delete)).toEqual([false, true, false, false]);
  });

  it('change, are pinned, and leave their threads behind', async () => {
    const state = await open([comment('a'), comment('b', 'x', { reply_count: 1 })]);
    told('comment.changed', { comment: { id: 'b', is_pinned: true, like_count: 3 } });
    expect(ids(state)).toEqual(['b', 'a']);
    told('comment.deleted', { id: 'b', thread_id: null, keeps_thread: true });
    told('comment.deleted', { id: 'a', thread_id: null, keeps_thread: false });
    expect(state.lines.map(({ id, is_deleted, author }) => [id, is_deleted, author])).toEqual([
      ['b', true, null],
    ]);
    told('comment.changed', { comment: { id: 'b', reply_count: 0 } });
    expect(ids(state)).toEqual([]);
  });

  it('are read anew when some may have been missed; what is not sent stays', async () => {
    const state = await open([comment('a')]);
    vi.spyOn(client, 'POST').mockResolvedValue(answer({ detail: 'No line.' }, 503));
    await write(state, 'mine');
    await vi.waitFor(() => expect(state.lines[0]?.sending).toBe('failed'));
    vi.spyOn(client, 'GET').mockResolvedValue(page([comment('b'), comment('a')]));
    told('bus.lost');
    await vi.waitFor(() => expect(texts(state)).toEqual(['mine', 'b', 'a']));
  });
});

describe('threads', () => {
  it('show three replies, then more; what arrives below a part that is not shown only counts', async () => {
    const state = await open([comment('a', 'x', { reply_count: 5 })]);
    const thread = state.threads[0]!;
    const reply = (id: string): Comment =>
      comment(id, 'x', { thread_id: 'a', made_at: `2026-11-27T10:0${id}:00Z` });
    const get = vi
      .spyOn(client, 'GET')
      .mockResolvedValueOnce(page([reply('1'), reply('2'), reply('3')], 'next'));
    await thread.more();
    expect(thread.left).toBe(2);
    told('comment.created', { comment: reply('6') });
    told('comment.changed', { comment: { id: 'a', reply_count: 6 } });
    expect(thread.left).toBe(3);
    get.mockResolvedValueOnce(page([reply('4'), reply('5'), reply('6')]));
    await thread.more();
    expect([thread.left, ...ids(state)]).toEqual([0, 'a', '1', '2', '3', '4', '5', '6']);
    told('comment.created', { comment: reply('7') });
    expect(ids(state)).toContain('7');
  });
});

describe('what the viewer says', () => {
  it('is there at once and is sent again under the same key until it is taken', async () => {
    const state = await open([comment('a')]);
    const post = vi.spyOn(client, 'POST').mockResolvedValueOnce(answer({ detail: 'No line.' }, 503));
    expect(await write(state, 'mine')).toBe(true);
    expect(texts(state)).toEqual(['mine', 'a']);
    await vi.waitFor(() => expect(state.lines[0]?.sending).toBe('failed'));
    post.mockResolvedValueOnce(answer(comment('new', 'me', { text: 'mine' }), 201));
    const key = state.lines[0]!.id;
    await send(state, key);
    told('comment.created', { comment: comment('new', 'me', { text: 'mine' }) });
    expect(ids(state)).toEqual(['new', 'a']);
    const keys = (post.mock.calls as unknown as [string, { body: { key: string } }][]).map(
      ([, { body }]) => body.key,
    );
    expect(keys).toEqual([key, key]);
  });

  it('does not stand there twice when the live message is faster than the answer', async () => {
    const state = await open();
    let take: (value: never) => void = () => undefined;
    vi.spyOn(client, 'POST').mockReturnValue(new Promise((resolve) => (take = resolve as never)) as never);
    await write(state, 'mine');
    told('comment.created', { comment: comment('new', 'me', { text: 'mine' }) });
    expect(texts(state)).toEqual(['mine']);
    take(answer(comment('new', 'me', { text: 'mine' }), 201));
    await vi.waitFor(() => expect(ids(state)).toEqual(['new']));
  });

  it('in other words comes back as it was when the server refuses', async () => {
    const state = await open([comment('a', 'me')]);
    vi.spyOn(client, 'PATCH').mockResolvedValue(answer({ detail: 'Too long.' }, 422));
    state.edit(state.lines[0]!);
    await write(state, 'other words');
    expect([texts(state), toasts]).toEqual([['a'], ['Too long.']]);
  });
});

describe('what the viewer does', () => {
  it('likes in order: only the answer to the last wish counts', async () => {
    const state = await open([comment('a', 'x', { like_count: 4 })]);
    const put = vi.spyOn(client, 'PUT').mockResolvedValue(answer({ liked: true, like_count: 9 }));
    const drop = vi.spyOn(client, 'DELETE').mockResolvedValue(answer({ liked: false, like_count: 8 }));
    const wishes = [true, false].map((wanted) => like(state, state.lines[0]!, wanted));
    await Promise.all(wishes);
    const [line] = state.lines;
    expect([line?.is_liked, line?.like_count, put.mock.calls.length, drop.mock.calls.length]).toEqual([
      false,
      8,
      1,
      1,
    ]);
  });

  it('brings a comment back when the server refuses to delete it', async () => {
    const state = await open([comment('a'), comment('b'), comment('c')]);
    vi.spyOn(client, 'DELETE').mockResolvedValue(answer({ detail: 'Not yours.' }, 403));
    await remove(state, state.lines[1]!);
    expect([ids(state), toasts]).toEqual([['a', 'b', 'c'], ['Not yours.']]);
  });

  it('deletes several, and names what refuses', async () => {
    const state = await open([comment('a'), comment('b')]);
    const refusal = { code: 'not_allowed', detail: 'Not yours.' };
    const results = [
      { id: 'a', refusal: null },
      { id: 'b', refusal },
    ];
    vi.spyOn(client, 'POST').mockResolvedValue(answer({ results }));
    await changeMany(state, ['a', 'b'], 'delete');
    expect([ids(state), toasts]).toEqual([['b'], ['1 comment stays as it was. Not yours.']]);
  });
});
