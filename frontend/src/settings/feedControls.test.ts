import { beforeEach, describe, expect, it, vi } from 'vitest';

import { client } from '../api/client';
import { on } from '../lib/events';
import { FeedControlsState, stepWord, type Controls } from './feedControls.svelte';

const CONTROLS: Controls = {
  is_personalised: true,
  is_history_paused: false,
  most_videos: null,
  most_minutes: null,
  topics: [{ id: 1, name: 'Dance', step: 0 }],
  muted_words: [],
};
const answer = (data: unknown, status = 200): never =>
  ({ data, error: data, response: new Response(null, { status }) }) as never;

beforeEach(() => {
  vi.spyOn(client, 'GET').mockResolvedValue(answer(structuredClone(CONTROLS)));
});

describe('FeedControlsState', () => {
  it('has a word for each step of a dial', () => {
    expect([-2, -1, 0, 1, 2].map(stepWord)).toEqual(['Never', 'Less', 'As it comes', 'More', 'Much more']);
  });

  it('turns a dial back that the server refuses', async () => {
    const feed = new FeedControlsState();
    await feed.load();
    const dial = feed.controls!.topics[0]!;
    const put = vi.spyOn(client, 'PUT').mockResolvedValue(answer({ detail: 'No.' }, 422));
    await feed.turn(dial, -2);
    expect([dial.step, feed.error]).toEqual([0, 'No.']);
    put.mockResolvedValue(answer(undefined, 204));
    await feed.turn(dial, -2);
    expect([dial.step, feed.error]).toEqual([-2, '']);
  });

  it('sends two turns of a dial one after the other', async () => {
    const feed = new FeedControlsState();
    await feed.load();
    const dial = feed.controls!.topics[0]!;
    const sent: number[] = [];
    let slow = (): void => undefined;
    vi.stubGlobal('fetch', async (request: Request) => {
      const { step } = (await request.json()) as { step: number };
      sent.push(step);
      if (step === -1) await new Promise<void>((resolve) => (slow = resolve));
      return new Response(null, { status: 204 });
    });
    const turned = [feed.turn(dial, -1), feed.turn(dial, -2)];
    await vi.waitFor(() => expect(sent).not.toEqual([]));
    await new Promise((settled) => setTimeout(settled));
    expect([sent, dial.step]).toEqual([[-1], -2]);
    slow();
    await Promise.all(turned);
    expect([sent, dial.step]).toEqual([[-1, -2], -2]);
    vi.unstubAllGlobals();
  });

  it('tells the feed whatever is set', async () => {
    const told: Controls[] = [];
    const stop = on('controlsChanged', (controls) => told.push(controls));
    const feed = new FeedControlsState();
    await feed.load();
    expect(told).toEqual([]);
    vi.spyOn(client, 'PATCH').mockResolvedValue(answer({ ...CONTROLS, most_videos: 20 }));
    expect(await feed.change({ most_videos: 20 })).toBe(true);
    vi.spyOn(client, 'POST').mockResolvedValue(answer(undefined, 204));
    vi.spyOn(client, 'GET').mockResolvedValue(answer({ ...CONTROLS, muted_words: ['cat'] }));
    expect(await feed.mute('cat')).toBe(true);
    stop();
    expect(told.map((controls) => [controls.most_videos, controls.muted_words])).toEqual([
      [20, []],
      [null, ['cat']],
    ]);
  });
});
