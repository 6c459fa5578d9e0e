import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { client } from '../api/client';
import { session } from '../auth/session.svelte';
import type { Item } from '../feed/kinds';
import { emit } from '../lib/events';
import { isWatched, Keeper } from './keeper';
import type { SeenClips } from './seen';

const CLIP = { id: 'a' } as Item;
let isPaused: boolean;
let clips: Noted;
let keeper: Keeper;

/** Keeps a note of what it was told. */
class Noted {
  readonly calls: string[] = [];
  there = ['a', 'b'];
  keep = (item: Item, owner: string): Promise<void> =>
    this.#note(`keep ${item.id} of ${owner || 'a visitor'}`);
  forget = (): Promise<void> => this.#note('forget');
  leaveTo = (owner: string): Promise<void> => this.#note(`leave to ${owner}`);
  ids = (): Promise<string[]> => Promise.resolve(this.there);
  drop = (isUnwanted: (id: string, seenAt: number) => boolean): Promise<void> =>
    this.#note(`drop ${this.there.filter((id) => isUnwanted(id, Date.now()))}`);

  #note(words: string): Promise<void> {
    this.calls.push(words);
    return Promise.resolve();
  }
}

beforeEach(() => {
  isPaused = false;
  session.me = null;
  vi.stubGlobal(
    'BroadcastChannel',
    class {
      postMessage = (): void => undefined;
    },
  );
  vi.spyOn(session, 'ready').mockResolvedValue();
  vi.spyOn(client, 'GET').mockImplementation(((path: string) => {
    const body = path.endsWith('/marks') ? { items: [{ id: 'b' }] } : { is_history_paused: isPaused };
    return Promise.resolve({ data: body, response: new Response() });
  }) as never);
  clips = new Noted();
  keeper = new Keeper(clips as unknown as SeenClips);
});
afterEach(() => vi.unstubAllGlobals());

test('three seconds of a clip, or half of it, are watched', () => {
  expect(isWatched(2.9, 10)).toBe(false);
  expect(isWatched(3, 10)).toBe(true);
  expect(isWatched(1, 2)).toBe(true);
  expect(isWatched(0, 0)).toBe(false);
});

test('a watched clip is kept', async () => {
  await keeper.watched(CLIP);
  expect(clips.calls).toEqual(['keep a of a visitor']);
});

test('nothing is kept while the history is paused, and pausing forgets', async () => {
  isPaused = true;
  await keeper.watched(CLIP);
  emit('controlsChanged', { is_history_paused: true } as never);
  expect(clips.calls).toEqual(['forget']);
});

test('nothing is kept on a line that is to be spared', async () => {
  vi.stubGlobal('navigator', { connection: { saveData: true } });
  await keeper.watched(CLIP);
  expect(clips.calls).toEqual([]);
});

test('signing out forgets, and nothing is kept until somebody signs in', async () => {
  emit('signedOut', undefined);
  await keeper.watched(CLIP);
  expect(clips.calls).toEqual(['forget']);
  session.me = { id: 'ben' } as never;
  emit('signedIn', { id: 'ben' } as never);
  await keeper.watched(CLIP);
  expect(clips.calls).toEqual(['forget', 'leave to ben', 'keep a of ben']);
});

test('what goes from the history goes from here', () => {
  emit('historyForgotten', { videoId: 'b' });
  emit('historyForgotten', { since: 'last_day' });
  emit('historyForgotten', { since: 'beginning' });
  expect(clips.calls).toEqual(['drop b', 'drop a,b', 'forget']);
});

test('a video that may not be watched any more goes when there is a line again', async () => {
  await keeper.check();
  expect(clips.calls).toEqual(['leave to ', 'drop a']);
});
