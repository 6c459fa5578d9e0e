/** One tab is heard at a time: whichever begins to play with sound, the others pause. */
const CHANNEL = 'revue.sound';

/**
 * @param stage holds this tab's videos.
 * @param rest pauses them.
 * Returns how to stop listening.
 */
export function takeTurns(stage: HTMLElement, rest: () => void): () => void {
  if (typeof BroadcastChannel === 'undefined') return () => undefined;
  const channel = new BroadcastChannel(CHANNEL);
  const isHeard = (video: HTMLMediaElement): boolean => !video.paused && !video.muted && video.volume > 0;
  const tell = (event: Event): void => {
    if (isHeard(event.target as HTMLMediaElement)) channel.postMessage('mine');
  };
  channel.onmessage = () => {
    if ([...stage.querySelectorAll('video')].some(isHeard)) rest();
  };
  const kinds = ['play', 'volumechange'] as const;
  for (const kind of kinds) stage.addEventListener(kind, tell, { capture: true });
  return () => {
    for (const kind of kinds) stage.removeEventListener(kind, tell, { capture: true });
    channel.close();
  };
}
