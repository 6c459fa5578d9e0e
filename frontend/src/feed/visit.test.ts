import { beforeEach, describe, expect, it, vi } from 'vitest';

import { client } from '../api/client';
import { FeedState } from './feed.svelte';
import type { Item } from './kinds';
import { Visit } from './visit.svelte';
import { visitWords } from './visitWords';

const items = (count: number): Item[] =>
  Array.from({ length: count }, (_, index) => ({ id: String(index), viewer: {} }) as unknown as Item);
const log = { begin: () => undefined } as never;

let feed: FeedState;
let visit: Visit;
let isWatching = true;

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(client, 'GET').mockReturnValue(new Promise(() => undefined) as never);
  isWatching = true;
  feed = new FeedState(log);
  feed.items = items(5);
  feed.isOver = true; // nothing is fetched here
  visit = new Visit(feed, () => isWatching);
});

describe('Visit', () => {
  it('ends after the current video when its minutes are over, and goes on with what was loaded', () => {
    visit.set({ most_videos: null, most_minutes: 1 });
    for (let second = 0; second < 59; second += 1) visit.tick();
    isWatching = false;
    visit.tick();
    expect(feed.setEnd).toBe('');
    isWatching = true;
    visit.tick();
    expect([feed.setEnd, feed.items.length, visitWords(feed, visit)]).toEqual([
      'minutes',
      1,
      'You wanted to stop after one minute.',
    ]);
    void visit.goOn();
    expect([feed.setEnd, feed.items.length]).toEqual(['', 5]);
    for (let second = 0; second < 60; second += 1) visit.tick();
    expect(feed.setEnd).toBe('minutes');
  });

  it('counts the videos of the feed that is everybody’s, and leaves a personal one to the server', () => {
    visit.set({ most_videos: 2, most_minutes: null });
    visit.arrived(1);
    expect(feed.setEnd).toBe('');
    feed.isPersonalised = false;
    visit.arrived(0);
    expect(feed.setEnd).toBe('');
    feed.active = 1;
    visit.arrived(1);
    expect([feed.setEnd, feed.items.length]).toEqual(['videos', 2]);
    void visit.goOn();
    feed.active = 2;
    visit.arrived(2);
    expect(feed.setEnd).toBe('');
    feed.active = 3;
    visit.arrived(3);
    expect([feed.setEnd, feed.items.length]).toEqual(['videos', 4]);
  });

  it('learns what was set after a while', async () => {
    const controls = { most_videos: 7, most_minutes: null };
    vi.spyOn(client, 'GET').mockResolvedValue({ data: controls, response: new Response() } as never);
    await vi.advanceTimersByTimeAsync(3100);
    expect(visit.mostVideos).toBe(7);
  });
});
