import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { client, OFFLINE } from '../api/client';
import { session } from '../auth/session.svelte';
import { on } from '../lib/events';
import { mark, sendMarks } from './likesAndSaves';

type Item = Parameters<typeof mark>[1];
const like = (item: Item, wanted: boolean): Promise<boolean> => mark('like', item, wanted);
const item = (id: string): Item =>
  ({ id, viewer: { liked: false, saved: false }, counts: { likes: 3, saves: 1 } }) as unknown as Item;
const asked: string[] = [];
let answer: () => Promise<unknown>;
const refusal = (status: number) => () =>
  Promise.resolve({ error: { code: 'no', detail: 'Not here.' }, response: new Response(null, { status }) });
const away = (): Promise<never> => Promise.reject(OFFLINE);
const fine = (): Promise<unknown> =>
  Promise.resolve({ data: { liked: true, like_count: 7 }, response: new Response(null) });
const toasts: string[] = [];
let stop: () => void;

beforeEach(() => {
  localStorage.clear();
  asked.length = toasts.length = 0;
  stop = on('toast', (words) => toasts.push(words));
  session.me = { id: 'p1' } as never;
  for (const method of ['PUT', 'DELETE'] as const) {
    vi.spyOn(client, method).mockImplementation(((_: string, { params }: { params: { path: object } }) => {
      asked.push(`${method} ${Object.values(params.path).join()}`);
      return answer();
    }) as never);
  }
});
afterEach(() => stop());

describe('like', () => {
  it('is shown at once and sent', async () => {
    answer = fine;
    const video = item('a');
    const sending = like(video, true);
    expect([video.viewer.liked, video.counts.likes]).toEqual([true, 4]);
    expect(await sending).toBe(true);
    await sendMarks();
    expect(asked).toEqual(['PUT a']);
  });

  it('is taken back, in words, where the server refuses', async () => {
    answer = refusal(404);
    const video = item('a');
    expect(await like(video, true)).toBe(false);
    expect([video.viewer.liked, video.counts.likes, toasts]).toEqual([false, 3, ['Not here.']]);
    await sendMarks();
    expect(asked).toHaveLength(1);
  });

  it.each([
    ['no line', away],
    ['a server that restarts', refusal(503)],
  ])('waits for %s, and the last wish is sent', async (_name, how) => {
    answer = how;
    const [one, other] = [item('a'), item('b')];
    expect(await like(one, true)).toBe(true);
    expect(await like(one, false)).toBe(true);
    expect(await like(other, true)).toBe(true);
    expect([other.viewer.liked, toasts]).toEqual([true, []]);
    await sendMarks(); // still away: nothing is lost
    asked.length = 0;
    answer = fine;
    const settled = vi.fn();
    const deaf = on('markSettled', settled);
    await sendMarks();
    deaf();
    expect(asked).toEqual(['DELETE a', 'PUT b']);
    expect(settled).toHaveBeenLastCalledWith({
      videoId: 'b',
      mark: 'liked',
      isSet: true,
      counted: 'likes',
      number: 7,
    });
    await sendMarks();
    expect(asked).toHaveLength(2);
  });

  it('that waited and is refused at last is taken back for whoever shows it', async () => {
    answer = away;
    await like(item('a'), true);
    answer = refusal(404);
    const settled = vi.fn();
    const deaf = on('markSettled', settled);
    await sendMarks();
    deaf();
    expect([settled.mock.lastCall?.[0], toasts]).toEqual([
      { videoId: 'a', mark: 'liked', isSet: false, counted: 'likes' },
      ['Not here.'],
    ]);
  });

  it('is not sent in the name of whoever signs in next', async () => {
    answer = away;
    await like(item('a'), true);
    asked.length = 0;
    session.me = { id: 'p2' } as never;
    answer = fine;
    await sendMarks();
    expect(asked).toEqual([]);
  });

  it('waits apart from a save of the same video, and both are sent', async () => {
    answer = away;
    const video = item('a');
    await like(video, true);
    expect(await mark('save', video, true)).toBe(true);
    expect(await mark('save', video, true)).toBe(false); // it is so already
    expect([video.viewer.saved, video.counts.saves]).toEqual([true, 2]);
    asked.length = 0;
    answer = fine;
    await sendMarks();
    expect(asked).toEqual(['PUT a', 'PUT a']);
  });
});
