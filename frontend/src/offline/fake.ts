/** The browser's caches and locks for tests, which run where there are none; they keep the rules a browser keeps. */
import { vi } from 'vitest';

class FakeCache {
  readonly files = new Map<string, Response>();

  match(url: string): Promise<Response | undefined> {
    return Promise.resolve(this.files.get(address(url))?.clone());
  }

  put(url: string, answer: Response): Promise<void> {
    if (answer.status === 206) return Promise.reject(new TypeError('a part is not kept'));
    this.files.set(address(url), answer);
    return Promise.resolve();
  }

  delete(url: string): Promise<boolean> {
    return Promise.resolve(this.files.delete(address(url)));
  }

  keys(): Promise<{ url: string }[]> {
    return Promise.resolve([...this.files.keys()].map((url) => ({ url })));
  }
}

function address(url: string): string {
  return new URL(url, location.href).href;
}

/** Put fakes in place of what the browser has; returns the paths of what is kept, by cache. */
export function fakeCaches(): (name: string) => string[] {
  const all = new Map<string, FakeCache>();
  vi.stubGlobal('caches', {
    open: (name: string) => {
      all.set(name, all.get(name) ?? new FakeCache());
      return Promise.resolve(all.get(name));
    },
    has: (name: string) => Promise.resolve(all.has(name)),
    delete: (name: string) => Promise.resolve(all.delete(name)),
  });
  let last: Promise<unknown> = Promise.resolve();
  const request = (_name: string, act: () => Promise<void>): Promise<void> => {
    const turn = last.then(act);
    last = turn.catch(() => undefined);
    return turn;
  };
  vi.stubGlobal('navigator', { locks: { request } });
  return (name) => [...(all.get(name)?.files.keys() ?? [])].map((url) => new URL(url).pathname).sort();
}
