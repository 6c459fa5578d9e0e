import { beforeEach, describe, expect, it, vi } from 'vitest';

import { client } from '../api/client';
import * as live from '../lib/live';
import { OwnVideosState, words, type OwnVideo } from './ownVideos.svelte';

const video = (id: string, state = 'processing', progress = 0): OwnVideo =>
  ({ id, state, progress, failure: null }) as OwnVideo;
const answer = (data: unknown, status = 200): never =>
  ({ data, error: data, response: new Response(null, { status }) }) as never;

let told: (event: string, data: unknown) => void;

beforeEach(() => {
  vi.spyOn(live, 'subscribe').mockImplementation((topic, handler) => {
    told = (event, data) => handler({ topic, event, data: data as Record<string, unknown> });
    return () => undefined;
  });
  vi.spyOn(client, 'GET').mockResolvedValue(answer({ items: [video('a')] }));
});

describe('OwnVideosState', () => {
  it('follows a video from live messages and takes in one it did not know', async () => {
    const mine = new OwnVideosState();
    mine.open();
    await vi.waitFor(() => expect(mine.items).toHaveLength(1));
    told('video.state', video('a', 'processing', 40));
    told('video.state', video('b'));
    told('video.state', video('a', 'published', 100));
    expect(mine.items.map(({ id, state }) => [id, state])).toEqual([
      ['b', 'processing'],
      ['a', 'published'],
    ]);
  });

  it('keeps a video that could not be deleted', async () => {
    const mine = new OwnVideosState();
    await mine.load();
    vi.spyOn(client, 'DELETE').mockResolvedValue(answer({ detail: 'Not now.' }, 409));
    expect(await mine.remove('a')).toBe(false);
    expect(mine.find('a')).toBeDefined();
  });

  it('shows the reason of a failure in the words of the server', () => {
    const failure = { code: 'not_a_video', reason: 'This is not a video.', may_retry: false };
    expect(words({ ...video('a', 'failed'), failure })).toBe('This is not a video.');
  });
});
