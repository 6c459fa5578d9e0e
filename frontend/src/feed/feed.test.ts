import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { client } from '../api/client';
import { FeedState } from './feed.svelte';

interface Query {
  limit: number;
  cursor?: string;
  again_from?: number;
  untaken?: number;
}

const log = { begin: () => undefined, flush: () => Promise.resolve() } as never;
let feed: FeedState;
let asked: Query[];
let answers: ((page: object | Error) => void)[];

const page = (positions: number[], round: number, next: string | null): object => ({
  items: positions.map((position) => ({ id: `${position}/${round}`, position, photos: [], viewer: {} })),
  next_cursor: next,
  onward_cursor: null,
  model_version: 'm',
  is_personalised: true,
});
const ids = (): string[] => feed.items.map(({ id }) => id);
const settle = (): Promise<void> => new Promise((done) => setTimeout(done));

/** Answer the oldest request that waits. */
async function answer(what: object | Error): Promise<void> {
  answers.shift()!(what);
  await settle();
}

beforeEach(async () => {
  asked = [];
  answers = [];
  vi.spyOn(client, 'GET').mockImplementation(((_: string, { params }: { params: { query: Query } }) => {
    asked.push(params.query);
    return new Promise((done, fail) => {
      answers.push((what) =>
        what instanceof Error ? fail(what) : done({ data: what, response: new Response() }),
      );
    });
  }) as never);
  feed = new FeedState(log);
  void feed.show('foryou');
  await answer(page([0, 1, 2, 3, 4], 0, 'five'));
  asked = [];
});
afterEach(() => vi.restoreAllMocks());

it('takes the places behind the next video as they are ranked anew', async () => {
  feed.activate(1);
  void feed.renew();
  await settle();
  await answer(page([3, 4, 5], 1, 'six'));
  expect(asked).toEqual([{ limit: 3, cursor: 'five', again_from: 3 }]);
  expect(ids()).toEqual(['0/0', '1/0', '2/0', '3/1', '4/1', '5/1']);
});

it('tells of an answer that came too late, and asks for what is to come at once', async () => {
  feed.activate(1);
  void feed.renew();
  await settle();
  feed.activate(3); // faster than the answer
  await answer(page([3, 4, 5], 1, 'six'));
  expect(asked.at(-1)).toEqual({ limit: 3, cursor: 'five', untaken: 1 });
  await answer(page([5, 6, 7], 0, 'eight'));
  expect(ids()).toEqual(['0/0', '1/0', '2/0', '3/0', '4/0', '5/0', '6/0', '7/0']);
  feed.activate(4);
  void feed.renew();
  await settle();
  expect(asked.at(-1)).toEqual({ limit: 3, cursor: 'eight', again_from: 6 }); // another cursor: nothing of it is untaken
});

it('counts a request to rank anew that failed: it may have been answered', async () => {
  feed.activate(1);
  void feed.renew();
  await settle();
  await answer(new Error('no line'));
  expect([feed.error, ids().length]).toEqual(['', 5]);
  void feed.renew();
  await settle();
  expect(asked.at(-1)).toEqual({ limit: 3, cursor: 'five', again_from: 3, untaken: 1 });
});
