import { expect, it, vi } from 'vitest';

import { client } from '../api/client';
import { unread } from './unread.svelte';

const NONE = { messages: 0, requests: 0 };

/** Answers of the server, each to be given when it is wanted. */
function asked(): ((unread: number, messages: number) => void)[] {
  const given: ((unread: number, messages: number) => void)[] = [];
  vi.spyOn(client, 'GET').mockImplementation(((path: string) => {
    return new Promise((give) => {
      const answer = (data: unknown): void => give({ data, response: new Response(null) });
      if (path.endsWith('/inbox/unread')) given.push((number) => answer({ unread: number }));
      else {
        const notices = given.pop();
        given.push((number, messages) => {
          notices?.(number, messages);
          answer({ ...NONE, messages });
        });
      }
    });
  }) as never);
  return given;
}

it('asks when the stream opens', async () => {
  const given = asked();
  unread.hear({ topic: 'me', event: 'hello', data: {} });
  given[0]?.(2, 1);
  await vi.waitFor(() => expect([unread.count, unread.messages]).toEqual([2, 1]));
});

it.each([
  ['message', { unread: { messages: 3, requests: 0 } }, [0, 3]],
  ['inbox', { unread: 4 }, [4, 0]],
])('does not take an older answer for newer than a %s told meanwhile', async (event, data, expected) => {
  unread.hear({ topic: 'me', event: 'inbox', data: { unread: 0 } });
  unread.take(NONE);
  const given = asked();
  const asking = unread.ask();
  unread.hear({ topic: 'me', event, data });
  given[0]?.(0, 0);
  await vi.waitFor(() => expect(given).toHaveLength(2));
  expect([unread.count, unread.messages]).toEqual(expected);
  given[1]?.(expected[0] ?? 0, expected[1] ?? 0);
  await asking;
  expect([unread.count, unread.messages]).toEqual(expected);
  expect(given).toHaveLength(2);
});
