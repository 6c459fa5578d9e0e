/** The browser's own bars take the colour of the page, as long as one is there: behind a clip they stay dark. */
export function tintBars(): () => void {
  const meta = document.querySelector<HTMLMetaElement>('meta[name="theme-color"]')!;
  const dark = meta.content;
  const tint = (): void => {
    meta.content = getComputedStyle(document.body).backgroundColor;
  };
  const chosen = new MutationObserver(tint);
  chosen.observe(document.documentElement, { attributeFilter: ['data-theme', 'data-contrast'] });
  tint();
  return () => {
    chosen.disconnect();
    meta.content = dark;
  };
}
