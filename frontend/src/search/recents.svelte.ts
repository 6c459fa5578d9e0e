/** What was searched for on this device, newest first. It stays here: the server writes down no search. */
import { load, save } from '../lib/storage';

const KEY = 'searches';
const MOST = 10;

function kept(): string[] {
  try {
    const found: unknown = JSON.parse(load(KEY) ?? '[]');
    return Array.isArray(found) ? found.filter((one) => typeof one === 'string').slice(0, MOST) : [];
  } catch {
    return [];
  }
}

export class Recents {
  items = $state.raw<readonly string[]>(kept());

  add(q: string): void {
    if (q) this.#set([q, ...kept().filter((one) => one.toLowerCase() !== q.toLowerCase())].slice(0, MOST));
  }

  remove(q: string): void {
    this.#set(kept().filter((one) => one !== q));
  }

  clear(): void {
    this.#set([]);
  }

  #set(items: readonly string[]): void {
    this.items = items;
    save(KEY, items.length > 0 ? JSON.stringify(items) : null);
  }
}
