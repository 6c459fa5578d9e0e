/** An element begins to play: with sound, without, or not at all; and when its first frame is there. */

/** Call `tell` once the element shows a moving picture. */
export function onFirstFrame(video: HTMLVideoElement, tell: () => void): void {
  if (typeof video.requestVideoFrameCallback === 'function') video.requestVideoFrameCallback(tell);
  else video.addEventListener('playing', tell, { once: true });
}

/** Play an element; where sound is not allowed yet, without. An element that cannot play tells by its own events. */
export async function start(video: HTMLVideoElement): Promise<'as asked' | 'silently' | 'not at all'> {
  try {
    await video.play();
    return 'as asked';
  } catch (error) {
    if (!isRefusal(error)) return 'as asked';
  }
  video.muted = true;
  try {
    await video.play();
  } catch (error) {
    if (isRefusal(error)) return 'not at all';
  }
  return 'silently';
}

function isRefusal(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'NotAllowedError';
}
