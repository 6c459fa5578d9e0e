import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { client, type Me } from '../api/client';
import { session } from '../auth/session.svelte';
import { emit, on } from '../lib/events';
import { ConversationState } from './conversation.svelte';
import { laidOut } from './layout';
import { linked } from './links';
import { outbox } from './outbox.svelte';
import { VideoToSend } from './sendVideo.svelte';
import { isLater, type Conversation, type Line, type Message } from './types';

const message = (id: string, more: Partial<Message> = {}): Message => ({
  ...{ id, text: id, mine: false, video: null, unsent: false, key: null },
  at: '2026-11-27T10:00:00Z',
  ...more,
});
const about = (more: Partial<Conversation> = {}): Conversation =>
  ({
    id: 'c',
    person: { id: 'b', handle: 'ben', name: 'Ben' },
    state: 'open',
    unread: 0,
    ...more,
  }) as Conversation;
const answer = (data: unknown, status = 200): never =>
  ({ data, error: data, response: new Response(null, { status }) }) as never;
const ids = ({ lines }: ConversationState): string[] => lines.map(({ id }) => id);
const texts = ({ lines }: ConversationState): string[] => lines.map(({ text }) => text);
const toasts: string[] = [];
on('toast', (words) => toasts.push(words));

/** What the server has, newest first. */
let kept: Message[] = [];
let standing = about();
let older: Message[] = [];

async function open(): Promise<ConversationState> {
  vi.spyOn(client, 'GET').mockImplementation(((
    path: string,
    init: { params: { query?: { cursor?: string } } },
  ) => {
    if (!path.endsWith('/messages')) return answer(standing);
    const isOlder = init.params.query?.cursor !== undefined;
    const next_cursor = !isOlder && older.length > 0 ? 'more' : null;
    return answer({ items: isOlder ? older : kept, next_cursor, read_up_to: null });
  }) as never);
  const state = new ConversationState('@ben');
  await state.open();
  return state;
}
const tell = (state: ConversationState, event: string, data: Record<string, unknown> = {}): Promise<void> =>
  state.hear({ topic: 'me', event, data: { conversation_id: 'c', ...data } });

beforeEach(() => {
  [kept, older, standing] = [[], [], about()];
  toasts.length = 0;
  session.me = { id: 'me', handle: 'me' } as Me;
});
afterEach(() => emit('signedOut', undefined));

describe('a conversation', () => {
  it('stands in the order in which it was written, and grows upwards', async () => {
    kept = [message('d'), message('c')];
    older = [message('b'), message('a')];
    const state = await open();
    expect(ids(state)).toEqual(['c', 'd']);
    await state.older();
    expect([ids(state), state.isOver]).toEqual([['a', 'b', 'c', 'd'], true]);
  });

  it('hears what is new, what was taken back and what was read', async () => {
    kept = [message('a', { mine: true })];
    const state = await open();
    kept = [message('b'), ...kept];
    await tell(state, 'message', { message_id: 'b' });
    await tell(state, 'message_unsent', { message_id: 'b' });
    await tell(state, 'message_read', { message_id: 'a', by: 'b' });
    expect([ids(state), state.lines[1]?.unsent, state.readUpTo]).toEqual([['a', 'b'], true, 'a']);
    await tell(state, 'message_read', { message_id: 'b', by: 'me' });
    await tell(state, 'message', { conversation_id: 'another' });
    expect(state.readUpTo).toBe('a');
  });

  it('begins anew where more came unheard than a page', async () => {
    kept = [message('b'), message('a')];
    const state = await open();
    [kept, older] = [[message('y'), message('x')], [message('w')]];
    await tell(state, 'bus.lost');
    expect([ids(state), state.isOver]).toEqual([['x', 'y'], false]);
  });

  it('tells once that it was read', async () => {
    const post = vi.spyOn(client, 'POST').mockResolvedValue(answer({ messages: 0, requests: 0 }));
    kept = [message('a')];
    standing = about({ unread: 1 });
    const state = await open();
    await state.markRead();
    await state.markRead();
    expect(post).toHaveBeenCalledOnce();
  });
});

describe('what the viewer writes', () => {
  it('is there at once, and is sent again under the same key until it is taken', async () => {
    const state = await open();
    const post = vi.spyOn(client, 'POST').mockResolvedValueOnce(answer({ detail: 'No line.' }, 503));
    state.write('mine');
    expect(texts(state)).toEqual(['mine']);
    await vi.waitFor(() => expect(state.lines[0]?.sending).toBe('failed'));
    const key = state.lines[0]!.id;
    post.mockResolvedValueOnce(answer(message('a', { mine: true, text: 'mine', key }), 201));
    await state.send(key);
    expect([ids(state), toasts]).toEqual([['a'], ['No line.']]);
    const keys = post.mock.calls.map(
      (call) => (call as unknown as [string, { body: { key: string } }])[1].body.key,
    );
    expect(keys).toEqual([key, key]);
  });

  it('does not stand there twice when it is told before it is answered', async () => {
    const state = await open();
    let take: (value: never) => void = () => undefined;
    vi.spyOn(client, 'POST').mockReturnValue(new Promise((resolve) => (take = resolve as never)) as never);
    state.write('mine');
    const mine = message('a', { mine: true, key: state.lines[0]!.key });
    kept = [mine];
    await tell(state, 'message', { message_id: 'a' });
    expect(ids(state)).toEqual(['a']);
    take(answer(mine, 201));
    await vi.waitFor(() => expect(ids(state)).toEqual(['a']));
  });

  it('waits while other pages are looked at, and goes with whoever wrote it', async () => {
    vi.spyOn(client, 'POST').mockResolvedValue(answer({ detail: 'No line.' }, 503));
    const left = await open();
    left.write('mine');
    outbox.keepDraft('ben', 'half a thou');
    await vi.waitFor(() => expect(left.lines[0]?.sending).toBe('failed'));
    expect([texts(await open()), outbox.draft('ben')]).toEqual([['mine'], 'half a thou']);
    emit('signedOut', undefined);
    expect([texts(await open()), outbox.draft('ben')]).toEqual([[], '']);
  });
});

it('sends a video to each once, and says who did not get it', async () => {
  const parcel = new VideoToSend('v', { id: '1', handle: 'ben' } as never);
  const post = vi.spyOn(client, 'POST').mockResolvedValueOnce(answer({ detail: 'No line.' }, 503));
  expect([await parcel.send(), parcel.error]).toEqual([false, 'No line.']);
  const refused = [{ handle: 'cy', code: 'takes_no_messages', detail: 'Not from you.' }];
  post.mockResolvedValueOnce(answer({ sent: ['ben'], refused }));
  expect(await parcel.send()).toBe(true);
  expect(toasts).toEqual(['Sent to 1 person. 1 person did not get it. Not from you.']);
  const [one, other] = post.mock.calls.map(
    (call) => (call as unknown as [string, { body: { key: string } }])[1].body,
  );
  expect(one!.key).toBe(other!.key);
});

describe('on the screen', () => {
  const said = (at: string, mine: boolean): Line => message(at, { at: new Date(at).toISOString(), mine });

  it('stands under days, and close together where one person says several', () => {
    const lines = [
      said('2026-10-01T09:00:00', false),
      said('2026-11-26T23:59:00', false),
      said('2026-11-27T00:01:00', false),
      said('2026-11-27T00:02:00', false),
      said('2026-11-27T00:03:00', true),
      said('2026-11-27T09:00:00', true),
    ];
    const shown = laidOut(lines, new Date('2026-11-27T10:00:00'));
    expect(shown.map(({ day }) => day)).toEqual(['October 1', 'Yesterday', 'Today', null, null, null]);
    expect(shown.map(({ begins, ends }) => `${Number(begins)}${Number(ends)}`)).toEqual([
      ...['11', '11', '10', '01'],
      ...['11', '11'],
    ]);
  });

  it('shows addresses as links, without what ends the sentence', () => {
    expect(linked('See https://a.example/b?c=1, (http://d.example).')).toEqual([
      { text: 'See ' },
      { text: 'https://a.example/b?c=1', href: 'https://a.example/b?c=1' },
      { text: ', (' },
      { text: 'http://d.example', href: 'http://d.example' },
      { text: ').' },
    ]);
    expect(linked('https:// nothing')).toEqual([{ text: 'https:// nothing' }]);
  });

  it('knows which id is later', () => {
    expect([isLater('b', 'a'), isLater('Z', 'a'), isLater('10', 'z'), isLater('a', 'a')]).toEqual([
      ...[true, false],
      ...[true, false],
    ]);
  });
});
