import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { ApiProblem, OFFLINE } from '../api/client';
import { load } from '../lib/storage';
import { bringCopies, Keeper, type DraftBody, type KeeperTold, type Put } from './keeper';

const ID = '0198f0f0-0000-7000-8000-000000000001';
const words = (caption: string): DraftBody => ({ caption }) as DraftBody;
const copies = (): object => JSON.parse(load('drafts') ?? '{}') as object;
const pause = (ms = 800): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

let told: KeeperTold;
let server: string[];
let answer: (() => Promise<unknown>) | undefined;
const put: Put = (_, { caption }) => {
  server.push(caption ?? '');
  return answer?.() ?? Promise.resolve();
};
const keeper = (id = ID): Keeper => new Keeper(id, 'ana', (state) => (told = state), put);

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  told = { isUnsaved: false, error: '' };
  server = [];
  answer = undefined;
});
afterEach(() => void vi.useRealTimers());

describe('what is written', () => {
  test('is in the browser at once and on the server after a pause, once', async () => {
    const draft = keeper();
    for (const caption of ['a', 'ab', 'abc', 'abc']) draft.keep(words(caption));
    expect(copies()).toEqual({ [ID]: { handle: 'ana', body: words('abc') } });
    expect([server, told.isUnsaved]).toEqual([[], true]);
    await pause();
    expect([server, told.isUnsaved, copies()]).toEqual([['abc'], false, {}]);
    await draft.flush();
    expect(server).toEqual(['abc']);
  });

  test('while one is being saved is saved after it, and not taken for saved', async () => {
    const draft = keeper();
    let arrive: (() => void) | undefined;
    answer = () => new Promise<void>((done) => (arrive = done));
    draft.keep(words('one'));
    await pause();
    draft.keep(words('two'));
    arrive?.();
    answer = undefined;
    await vi.advanceTimersByTimeAsync(0);
    expect(told.isUnsaved).toBe(true);
    await pause();
    expect([server, told.isUnsaved, copies()]).toEqual([['one', 'two'], false, {}]);
  });

  test('arrives in the order in which it was written, and rests before it is posted', async () => {
    const draft = keeper();
    const arrive: (() => void)[] = [];
    answer = () => new Promise<void>((done) => arrive.push(done));
    draft.keep(words('one'));
    await pause();
    draft.keep(words('two'));
    await pause(5000);
    expect(server).toEqual(['one']);
    arrive[0]?.();
    await pause(0);
    expect(server).toEqual(['one', 'two']);
    draft.keep(words('three'));
    let hasRested = false;
    const rests = draft.rest().then(() => (hasRested = true));
    await pause(5000);
    expect(hasRested).toBe(false);
    arrive[1]?.();
    await rests;
    await pause(60_000);
    expect([server, Object.keys(copies())]).toEqual([['one', 'two'], [ID]]);
  });

  test('is brought when there is a line again', async () => {
    answer = () => Promise.reject(OFFLINE);
    const draft = keeper();
    draft.keep(words('offline'));
    await pause();
    expect([told.isUnsaved, told.error]).toEqual([true, OFFLINE.message]);
    answer = undefined;
    await pause(5000);
    expect([server, told, copies()]).toEqual([['offline', 'offline'], { isUnsaved: false, error: '' }, {}]);
  });

  test('is not tried for ever when the server says no, and stays in the browser', async () => {
    answer = () => Promise.reject(new ApiProblem(409, 'too_many_drafts', 'Too many.'));
    keeper().keep(words('one too many'));
    await pause(60_000);
    expect([server.length, told.error, Object.keys(copies())]).toEqual([1, 'Too many.', [ID]]);
  });

  test('is not kept any more once it is posted, whatever is still on its way', async () => {
    answer = () => Promise.reject(OFFLINE);
    const draft = keeper();
    draft.keep(words('gone'));
    await pause();
    draft.end();
    draft.keep(words('late'));
    await pause(60_000);
    expect([server, copies()]).toEqual([['gone'], {}]);
  });

  test('of a draft that was opened and not changed is not saved again', async () => {
    const draft = keeper();
    draft.has(words('as it is'));
    draft.keep(words('as it is'));
    await pause();
    expect(server).toEqual([]);
  });
});

describe('what a killed page left behind', () => {
  beforeEach(() => {
    keeper().keep(words('mine'));
    new Keeper('other', 'ben', () => undefined, put).keep(words('his'));
    vi.clearAllTimers();
  });

  test('is brought for the person whose it is, and for nobody else', async () => {
    await bringCopies('ana', put);
    expect([server, Object.keys(copies())]).toEqual([['mine'], ['other']]);
  });

  test('stays where the server cannot have it, and goes where it has been posted', async () => {
    await bringCopies('ana', () => Promise.reject(OFFLINE));
    expect(Object.keys(copies())).toEqual([ID, 'other']);
    await bringCopies('ana', () => Promise.reject(new ApiProblem(409, 'draft_posted', 'Posted.')));
    expect(Object.keys(copies())).toEqual(['other']);
  });
});
