/** How far the page has come: what it begins with first, then what can wait for that. */
class Start {
  isOver = $state(false);
}

export const start = new Start();

/** Let the page paint, and hear a finger, before it goes on. */
export const breathe = (): Promise<void> => new Promise((done) => setTimeout(done));

/** When nothing more urgent is to be done, or at the latest after some time. */
export function whenIdle(act: () => void): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(act, { timeout: 1000 });
  else setTimeout(act); // Safari
}
