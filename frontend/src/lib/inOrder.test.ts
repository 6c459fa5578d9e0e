import { expect, it } from 'vitest';

import { inOrder } from './inOrder';

it('asks about one thing in turn, and about others at once', async () => {
  const asked: string[] = [];
  let answer = (): void => undefined;
  const slow = new Promise<void>((resolve) => (answer = resolve));
  const first = inOrder('dance', async () => {
    asked.push('first');
    await slow;
  });
  const second = inOrder('dance', async () => void asked.push('second'));
  await inOrder('comedy', async () => void asked.push('other'));
  expect(asked).toEqual(['first', 'other']);
  answer();
  await Promise.all([first, second]);
  expect(asked).toEqual(['first', 'other', 'second']);
});

it('goes on after a request that failed', async () => {
  const failed = inOrder('dance', () => Promise.reject(new Error('offline')));
  const next = inOrder('dance', () => Promise.resolve(2));
  await expect(failed).rejects.toThrow('offline');
  expect(await next).toBe(2);
});
