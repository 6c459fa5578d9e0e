import { beforeEach, expect, test } from 'vitest';

import type { Item } from '../feed/kinds';
import { fakeCaches } from './fake';
import { MOST_CLIPS, SeenClips } from './seen';

const LIST = '/offline/seen.json';
let kept: (name: string) => string[];
let asked: string[];
let clips: SeenClips;

function item(id: string, more: Partial<Item> = {}, bytes = 1000): Item {
  const file = (name: string, codec: string, size: number): object => ({
    name,
    codec,
    bytes: size,
    url: `/media/clips/${id}/${name}.mp4`,
  });
  return {
    id,
    visibility: 'everyone',
    renditions: [
      file('540', 'h264', bytes * 3),
      file('360-av1', 'av1', bytes / 2),
      file('360', 'h264', bytes),
    ],
    poster_small_url: `/media/clips/${id}/small.webp`,
    hls_url: `/media/clips/${id}/master.m3u8`,
    author: { handle: 'ana', avatar_url: '/media/avatars/a.webp' },
    photos: [{}],
    source: 'foryou',
    reason: { text: 'Because' },
    propensity: 0.5,
    position: 3,
    ...more,
  } as Item;
}

beforeEach(() => {
  kept = fakeCaches();
  asked = [];
  clips = new SeenClips((url) => {
    asked.push(url);
    return Promise.resolve(new Response(url, { headers: { 'Cache-Control': 'public, immutable' } }));
  });
});

test('the smallest file that everything plays is kept, with its poster', async () => {
  await clips.keep(item('a'), 'me');
  expect(kept('seen')).toEqual(['/media/clips/a/360.mp4', '/media/clips/a/small.webp', LIST]);
});

test('a kept clip is played from here alone, and not as what a feed showed', async () => {
  await clips.keep(item('a'), 'me');
  const [found] = await clips.items();
  expect(found?.renditions.map(({ url }) => url)).toEqual(['/media/clips/a/360.mp4?seen']);
  expect(found?.poster_small_url).toBe('/media/clips/a/small.webp?seen');
  expect([found?.hls_url, found?.author.avatar_url, found?.photos]).toEqual([null, null, []]);
  expect([found?.source, found?.reason, found?.propensity, found?.position]).toEqual(
    Array(4).fill(undefined),
  );
});

test('what was watched last comes first, and is fetched once', async () => {
  for (const id of ['a', 'b', 'a']) await clips.keep(item(id), 'me');
  expect(await clips.ids()).toEqual(['a', 'b']);
  expect(asked.filter((url) => url === '/media/clips/a/360.mp4')).toHaveLength(1);
});

test('the clip that was not watched for longest makes room', async () => {
  for (let number = 0; number <= MOST_CLIPS; number += 1) await clips.keep(item(`c${number}`), 'me');
  const ids = await clips.ids();
  expect(ids).toHaveLength(MOST_CLIPS);
  expect(ids).not.toContain('c0');
  expect(kept('seen').some((path) => path.includes('/c0/'))).toBe(false);
});

test('sixty megabytes are kept and no more, and no single film takes them all', async () => {
  for (const id of ['a', 'b', 'c', 'd']) await clips.keep(item(id, {}, 19_000_000), 'me');
  expect(await clips.ids()).toEqual(['d', 'c', 'b']);
  await clips.keep(item('film', {}, 21_000_000), 'me');
  expect(await clips.ids()).toEqual(['d', 'c', 'b']);
});

test.each(['unlisted', 'followers', 'only_me'])('a video for %s is not kept', async (visibility) => {
  await clips.keep(item('a', { visibility } as Partial<Item>), 'me');
  expect(asked).toEqual([]);
});

test.each([
  [206, 'public'],
  [404, 'public'],
  [200, 'private, no-store'],
])('an answer %i %s is not kept', async (status, cache) => {
  const refused = new SeenClips(() =>
    Promise.resolve(new Response('x', { status, headers: { 'Cache-Control': cache } })),
  );
  await refused.keep(item('a'), 'me');
  expect(await refused.ids()).toEqual([]);
});

test('another person finds nothing of the one before', async () => {
  await clips.keep(item('a'), 'ana');
  await clips.leaveTo('ana');
  expect(await clips.ids()).toEqual(['a']);
  await clips.keep(item('b'), 'ben');
  expect(await clips.ids()).toEqual(['b']);
  await clips.leaveTo('');
  expect(kept('seen')).toEqual([]);
});

test('what is still on its way when all is forgotten comes too late', async () => {
  let arrive = (): void => undefined;
  const slow = new SeenClips((url) => new Promise((resolve) => (arrive = () => resolve(new Response(url)))));
  const keeping = slow.keep(item('a', { poster_small_url: null }), 'me');
  await new Promise((resolve) => setTimeout(resolve));
  await slow.forget();
  arrive();
  await keeping;
  expect(kept('seen')).toEqual([]);
});

test('what is dropped goes with its files', async () => {
  for (const id of ['a', 'b']) await clips.keep(item(id), 'me');
  await clips.drop((id) => id === 'a');
  expect(kept('seen')).toEqual(['/media/clips/b/360.mp4', '/media/clips/b/small.webp', LIST]);
});

test('a file that the list does not name goes with the next change', async () => {
  await (await caches.open('seen')).put('/media/clips/lost/360.mp4', new Response('x'));
  await clips.keep(item('a'), 'me');
  expect(kept('seen')).not.toContain('/media/clips/lost/360.mp4');
});
