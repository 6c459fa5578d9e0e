import { afterEach, expect, it, vi } from 'vitest';

import { fakeVideo, type FakeVideo } from './fake';
import { takeTurns } from './turn';

/** Channels of one page hear each other, as those of two tabs do. */
function tab(): { video: FakeVideo; rest: ReturnType<typeof vi.fn>; close: () => void } {
  const stage = document.body.appendChild(document.createElement('div'));
  const video = stage.appendChild(fakeVideo());
  video.src = '/clip.mp4';
  const rest = vi.fn(() => video.pause());
  return { video, rest, close: takeTurns(stage, rest) };
}

const settle = (): Promise<void> => new Promise((done) => setTimeout(done, 30));
afterEach(() => document.body.replaceChildren());

it('lets one tab be heard, the one that began last', async () => {
  const [first, second] = [tab(), tab()];
  await first.video.play();
  await settle();
  second.video.muted = true;
  await second.video.play();
  await settle();
  expect(first.video.paused).toBe(false); // without sound nobody is disturbed
  second.video.muted = false;
  second.video.dispatchEvent(new Event('volumechange'));
  await settle();
  expect([first.video.paused, second.video.paused]).toEqual([true, false]);
  await first.video.play();
  await settle();
  expect([first.video.paused, second.video.paused]).toEqual([false, true]);
  first.close();
  second.close();
});
