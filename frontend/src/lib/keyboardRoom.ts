/** How much of the page a phone's keyboard covers, as `--keyboard` on the root: sheets with a field rise by that. */
export function keyboardRoom(): () => void {
  const view = window.visualViewport;
  const root = document.documentElement;
  if (!view) return () => undefined;
  const measure = (): void => {
    const covered = Math.max(0, Math.round(innerHeight - view.height - view.offsetTop));
    root.style.setProperty('--keyboard', `${covered}px`);
  };
  view.addEventListener('resize', measure);
  view.addEventListener('scroll', measure);
  return () => {
    view.removeEventListener('resize', measure);
    view.removeEventListener('scroll', measure);
    root.style.removeProperty('--keyboard');
  };
}
