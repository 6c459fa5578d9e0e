/** What is said in a clip, to read: which of its tracks, whether it shows, and the words of each moment. */
import type { Schemas } from '../api/client';
import { bestOf } from '../lib/tracks';
import { language, locale } from '../lib/words';
import type { Wishes } from './playback.svelte';

/** A WebVTT file of a clip's. */
export type Subtitles = Schemas['SubtitlesOut'];

/** The track for this viewer: what their browser reads, best first, then the language of the page. */
export function ownTrack(tracks: readonly Subtitles[]): Subtitles | undefined {
  return bestOf(tracks, [...navigator.languages, locale, language]);
}

export function areShown(wish: Wishes['subtitles'], isMuted: boolean): boolean {
  return wish === 'muted' ? isMuted : wish === 'always';
}

/** Lay a track under a clip and tell what it says from moment to moment, until what comes back is called. */
export function readAlong(
  video: HTMLVideoElement,
  { language, url }: Subtitles,
  tell: (words: string) => void,
): () => void {
  const element = document.createElement('track');
  Object.assign(element, { kind: 'captions', srclang: language, src: url });
  video.append(element);
  const { track } = element;
  const leaving = new AbortController();
  const { signal } = leaving;
  // Loaded, and drawn by us: browsers whose owner prefers subtitles would draw it a second time.
  const hide = (): void => {
    if (track.mode !== 'hidden') track.mode = 'hidden';
  };
  hide();
  video.textTracks.addEventListener('change', hide, { signal });
  track.addEventListener('cuechange', () => tell(wordsOf(track.activeCues)), { signal });
  return () => {
    leaving.abort();
    element.remove(); // the element plays another clip next
    tell('');
  };
}

/** The plain words of cues, each on a line of its own. */
export function wordsOf(cues: ArrayLike<TextTrackCue> | null): string {
  return Array.from(cues ?? [], (cue) => (cue as VTTCue).getCueAsHTML().textContent.trim()).join('\n');
}
