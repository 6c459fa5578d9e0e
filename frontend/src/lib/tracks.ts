/** Which of a clip's tracks somebody reads. */

/** More parts than a name of a language has. */
const WHOLE = 9;

/** The track in one of these languages, best first: in the very one, else in a relative, else the first there is. */
export function bestOf<T extends { readonly language: string }>(
  tracks: readonly T[],
  languages: readonly string[],
): T | undefined {
  for (const parts of [WHOLE, 1]) {
    const form = (name: string): string => name.toLowerCase().split('-', parts).join();
    for (const wanted of languages) {
      const found = tracks.find((track) => form(track.language) === form(wanted));
      if (found) return found;
    }
  }
  return tracks[0];
}
