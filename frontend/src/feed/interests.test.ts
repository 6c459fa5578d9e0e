import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { Interests } from './interests.svelte';

const TOPICS = ['Dance', 'Comedy', 'Food', 'Music', 'Sports'].map((name, id) => ({ id, name, step: 0 }));
const CONTROLS = {
  is_personalised: true,
  is_history_paused: false,
  most_videos: null,
  most_minutes: null,
  topics: TOPICS,
  muted_words: [],
};

/** A server that knows this of the viewer, and takes what they set; returns what it was asked. */
function serve(controls: object, watched = 0, refuses = ''): string[] {
  const asked: string[] = [];
  const history = { items: Array.from({ length: watched }, () => ({})), next_cursor: null };
  vi.stubGlobal('fetch', async (request: Request) => {
    const { pathname } = new URL(request.url);
    const line = `${request.method} ${pathname} ${await request.text()}`.trim();
    asked.push(line);
    if (refuses && pathname.endsWith(refuses))
      return Response.json({ code: 'oops', title: 'No' }, { status: 500 });
    if (request.method === 'PUT') return new Response(null, { status: 204 });
    return Response.json(pathname.endsWith('/history') ? history : { ...CONTROLS, ...controls });
  });
  return asked;
}

beforeEach(() => localStorage.clear());
afterEach(() => vi.unstubAllGlobals());

describe('Interests', () => {
  it.each([
    ['somebody new', {}, 3, true],
    ['somebody who has watched a lot', {}, 11, false],
    [
      'somebody who has turned a dial',
      { topics: [{ ...TOPICS[0], step: -2 }, ...TOPICS.slice(1)] },
      0,
      false,
    ],
    ['somebody who wants what all get', { is_personalised: false }, 0, false],
    ['somebody who leaves no trace', { is_history_paused: true }, 0, false],
    ['an instance with hardly a topic', { topics: TOPICS.slice(0, 3) }, 0, false],
  ])('asks or not: %s', async (_who, controls, watched, isAsked) => {
    serve(controls, watched);
    expect(await new Interests().mayAsk()).toBe(isAsked);
  });

  it('wants three topics, turns their dials up and never asks again', async () => {
    const asked = serve({});
    const interests = new Interests();
    await interests.mayAsk();
    for (const id of [0, 1, 2, 1]) interests.toggle(id);
    expect(interests.isEnough).toBe(false);
    interests.toggle(4);
    expect(interests.isEnough).toBe(true);
    expect(await interests.keep()).toBe(true);
    const set = asked.filter((line) => line.startsWith('PUT'));
    expect(set).toEqual([0, 2, 4].map((id) => `PUT /api/v1/me/feed/topics/${id} {"step":1}`));
    expect(localStorage.getItem('revue.interests')).toBe('asked');
  });

  it('takes the feed that is everybody’s without a topic', async () => {
    const asked = serve({});
    const interests = new Interests();
    await interests.mayAsk();
    interests.isPersonalised = false;
    expect(interests.isEnough).toBe(true);
    expect(await interests.keep()).toBe(true);
    expect(asked.at(-1)).toBe('PATCH /api/v1/me/feed {"is_personalised":false}');
  });

  it('stays open when the server refuses', async () => {
    serve({}, 0, '/2');
    const interests = new Interests();
    await interests.mayAsk();
    for (const id of [0, 1, 2]) interests.toggle(id);
    expect(await interests.keep()).toBe(false);
    expect(interests.feed.error).not.toBe('');
    expect(localStorage.getItem('revue.interests')).toBeNull();
  });
});
