import { beforeEach, describe, expect, it, vi } from 'vitest';

import { client } from '../api/client';
import { on } from '../lib/events';
import * as live from '../lib/live';
import { StudioState, fits, type Own, type Show } from './studio.svelte';
import { standing, whatDeletingDoes } from './words';

const own = (id: string, more: Partial<Own> = {}): Own =>
  ({
    id,
    state: 'published',
    visibility: 'everyone',
    commenters: 'everyone',
    publish_at: null,
    kept_until: null,
    failure: null,
    caption: id,
    ...more,
  }) as Own;
const answer = (data: unknown, status = 200): never =>
  ({ data, error: data, response: new Response(null, { status }) }) as never;
const totals = { all: 3, public: 3, private: 0, scheduled: 0, failed: 0, bin: 0 };

let told: (event: string, data: unknown) => void;
const toasts: string[] = [];
on('toast', (text) => toasts.push(text));

beforeEach(() => {
  toasts.length = 0;
  vi.spyOn(live, 'subscribe').mockImplementation((topic, handler) => {
    told = (event, data) => handler({ topic, event, data: data as Record<string, unknown> });
    return () => undefined;
  });
  const items = ['a', 'b', 'c'].map((id) => own(id));
  vi.spyOn(client, 'GET').mockResolvedValue(answer({ items, next_cursor: null, totals }));
});

const refusing = (...refused: string[]): ReturnType<typeof vi.spyOn> =>
  vi.spyOn(client, 'POST').mockImplementation(((_: string, { body }: { body: { ids: string[] } }) =>
    Promise.resolve(
      answer({
        results: body.ids.map((id) => ({
          id,
          refusal: refused.includes(id) ? { code: 'video_in_bin', detail: 'It is in the bin.' } : null,
        })),
      }),
    )) as never);

async function opened(): Promise<StudioState> {
  const studio = new StudioState();
  studio.open();
  await studio.more();
  return studio;
}

describe('StudioState', () => {
  it('changes several at once; what refuses stays, picked and named', async () => {
    refusing('b');
    const studio = await opened();
    studio.picks.all(true);
    const changed = await studio.change(['a', 'b', 'c'], { change: 'audience', visibility: 'only_me' });
    expect(changed).toEqual(['a', 'c']);
    expect(studio.items.map(({ visibility }) => visibility)).toEqual(['only_me', 'everyone', 'only_me']);
    expect([...studio.picks.ids]).toEqual(['b']);
    expect(toasts).toEqual(['1 of 3 stayed as they were: It is in the bin.']);
  });

  it('asks for no more than a hundred at a time', async () => {
    const post = refusing();
    const studio = await opened();
    await studio.change(
      Array.from({ length: 250 }, (_, at) => String(at)),
      { change: 'comments', commenters: 'no_one' },
    );
    expect(post).toHaveBeenCalledTimes(3);
  });

  it('takes what was deleted off the list, and back', async () => {
    refusing();
    const studio = await opened();
    await studio.remove(['a', 'c']);
    expect(studio.items.map(({ id }) => id)).toEqual(['b']);
    expect(studio.undone).toEqual(['a', 'c']);
    await studio.undo();
    expect(studio.undone).toEqual([]);
    expect(studio.items).toHaveLength(3);
  });

  it('keeps everything when the call fails', async () => {
    vi.spyOn(client, 'POST').mockResolvedValue(answer({ detail: 'Not now.' }, 500));
    const studio = await opened();
    await studio.remove(['a']);
    expect(studio.items).toHaveLength(3);
    expect(studio.undone).toEqual([]);
    expect(toasts).toEqual(['Not now.']);
  });

  it('follows what is told live, and reads anew when a line comes or goes', async () => {
    vi.useFakeTimers();
    const studio = await opened();
    told('video.state', { ...own('b'), caption: 'New words' });
    expect(studio.items[1]?.caption).toBe('New words');
    told('video.state', own('b', { state: 'binned' }));
    told('video.state', own('z'));
    await vi.runAllTimersAsync();
    expect(client.GET).toHaveBeenCalledTimes(2);
    vi.useRealTimers();
  });

  it('forgets an answer that comes after another question', async () => {
    const studio = new StudioState();
    const slow = studio.more();
    studio.choose('bin');
    await slow;
    await vi.waitFor(() => expect(studio.isLoading).toBe(false));
    expect(studio.items).toHaveLength(3);
  });
});

describe('what a line says', () => {
  it.each<[Partial<Own>, RegExp, Show[]]>([
    [{}, /^Everyone$/, ['all', 'public']],
    [{ visibility: 'only_me' }, /Only me/, ['all', 'private']],
    [{ state: 'scheduled', publish_at: '2026-12-01T18:30:00Z' }, /^Goes out .*30/, ['all', 'scheduled']],
    [
      { state: 'processing', publish_at: '2026-12-01T18:30:00Z', progress: 20 },
      /20 %. Goes out/,
      ['all', 'scheduled'],
    ],
    [{ state: 'processing', progress: 20 }, /20 %$/, ['all']],
    [
      { state: 'failed', failure: { code: 'x', reason: 'This is not a video.', may_retry: false } },
      /not a video/,
      ['all', 'failed'],
    ],
    [{ state: 'removed' }, /taken down/, ['all', 'failed']],
    [{ state: 'binned', kept_until: '2000-01-01T00:00:00Z' }, /erased/, ['bin']],
  ])('%o', (more, words, shown) => {
    const video = own('a', more);
    expect(standing(video)).toMatch(words);
    const shows: Show[] = ['all', 'public', 'private', 'scheduled', 'failed', 'bin'];
    expect(shows.filter((show) => fits(video, show))).toEqual(shown);
  });

  it('tells what deleting does', () => {
    expect(whatDeletingDoes(1, 30)).toMatch('30 days');
    expect(whatDeletingDoes(2, 0)).toMatch('gone for good');
  });
});
