/** What is said in a clip, to read: which of its tracks, whether it shows, and the words of each moment. */
import type { Schemas } from '../api/client';
import { language, locale } from '../lib/words';
import type { Wishes } from './playback.svelte';

/** A WebVTT file of a clip's. */
export type Subtitles = Schemas['SubtitlesOut'];

/** More parts than a name of a language has. */
const WHOLE = 9;
/** What the viewer reads, best first: as the browser has it, then the language of the page. */
const readable = (): readonly string[] => [...navigator.languages, locale, language];

/** The track that a reader of these languages gets: the very language, else a relative of it, else the first there is. */
export function bestOf<T extends Subtitles>(
  tracks: readonly T[],
  languages: readonly string[] = readable(),
): T | undefined {
  for (const parts of [WHOLE, 1]) {
    const form = (name: string): string => name.toLowerCase().split('-', parts).join('-');
    for (const wanted of languages) {
      const found = tracks.find((track) => form(track.language) === form(wanted));
      if (found) return found;
    }
  }
  return tracks[0];
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
