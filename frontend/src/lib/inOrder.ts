/** The last request about each thing that is still under way. */
const last = new Map<string, Promise<unknown>>();

/** Ask the server about one thing after whatever was asked about it before. */
export function inOrder<T>(about: string, ask: () => Promise<T>): Promise<T> {
  const mine = (last.get(about) ?? Promise.resolve()).then(ask, ask);
  last.set(about, mine);
  const forget = (): void => {
    if (last.get(about) === mine) last.delete(about);
  };
  mine.then(forget, forget);
  return mine;
}
