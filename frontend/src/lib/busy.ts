/** What must not be disturbed by a new version: known in every tab, and over when its tab is gone. */
const NAME = 'revue.busy';

/** Say that something is under way; returns how to say that it is over. */
export function busy(): () => void {
  const { locks } = navigator as { locks?: LockManager }; // only on secure pages, as workers are
  let release = (): void => undefined;
  const over = new Promise<void>((resolve) => (release = resolve));
  void locks?.request(NAME, { mode: 'shared' }, () => over);
  return release;
}

/** Whether anything is under way in any tab. */
export async function isBusy(): Promise<boolean> {
  const { held = [] } = await navigator.locks.query();
  return held.some((lock) => lock.name === NAME);
}
