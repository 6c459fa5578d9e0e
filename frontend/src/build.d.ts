/** Written by the build: the languages there are, by their codes. */
declare const __LANGUAGES__: readonly string[];
/** Written by the build: how long ago, in the language's words (scripts/ago.js). */
declare const __AGO__: readonly (readonly [size: number, one: string, two: string, ...forms: string[]])[];
