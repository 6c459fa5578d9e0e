import { expect, test } from 'vitest';

import { ranged } from './range';

const FILE = 'abcdefghij';

async function part(header: string | null): Promise<[number, string, string | null]> {
  const answer = await ranged(new Response(FILE, { headers: { 'Content-Type': 'video/mp4' } }), header);
  expect(answer.headers.get('Accept-Ranges')).toBe('bytes');
  return [answer.status, await answer.text(), answer.headers.get('Content-Range')];
}

test('a part is answered by 206 with its place in the whole', async () => {
  expect(await part('bytes=2-4')).toEqual([206, 'cde', 'bytes 2-4/10']);
  expect(await part('bytes=0-0')).toEqual([206, 'a', 'bytes 0-0/10']);
  expect(await part('bytes=7-')).toEqual([206, 'hij', 'bytes 7-9/10']);
  expect(await part('bytes=-3')).toEqual([206, 'hij', 'bytes 7-9/10']);
  expect(await part('bytes=0-')).toEqual([206, FILE, 'bytes 0-9/10']);
});

test('a part that reaches too far ends with the file', async () => {
  expect(await part('bytes=8-99')).toEqual([206, 'ij', 'bytes 8-9/10']);
  expect(await part('bytes=-99')).toEqual([206, FILE, 'bytes 0-9/10']);
});

test('a part that is not there is answered by 416', async () => {
  expect(await part('bytes=10-')).toEqual([416, '', 'bytes */10']);
  expect(await part('bytes=-0')).toEqual([416, '', 'bytes */10']);
});

test('what is no single range is answered by the whole file', async () => {
  for (const header of [null, '', 'bytes=0-1,3-4', 'lines=1-2', 'bytes=-', 'bytes=4-2'])
    expect(await part(header)).toEqual([200, FILE, null]);
});

test('the type is that of the whole', async () => {
  const answer = await ranged(new Response(FILE, { headers: { 'Content-Type': 'video/mp4' } }), 'bytes=1-2');
  expect(answer.headers.get('Content-Type')).toBe('video/mp4');
  expect(answer.headers.get('Content-Length')).toBe('2');
});
