/** Written by the build: the languages there are, by their codes. */
declare const __LANGUAGES__: readonly string[];
