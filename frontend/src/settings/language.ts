/** The language a viewer has chosen. The server reads it from a cookie, for it writes the page. */
const COOKIE = 'language';
const YEAR_SECONDS = 31_536_000;

/** Its code, or nothing: then it is as the browser says. */
export function chosenLanguage(): string {
  return new RegExp(`(?:^|; )${COOKIE}=([^;]*)`).exec(document.cookie)?.[1] ?? '';
}

/** From the next page on, which comes at once. */
export function chooseLanguage(code: string): void {
  const age = code ? YEAR_SECONDS : 0;
  document.cookie = `${COOKIE}=${code}; path=/; max-age=${age}; samesite=lax`;
  location.reload();
}

/** What a language calls itself. */
export function nameOf(code: string): string {
  return new Intl.DisplayNames([code], { type: 'language' }).of(code) ?? code;
}
