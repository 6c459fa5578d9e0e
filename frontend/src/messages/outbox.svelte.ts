/** What the viewer has written and the server does not have: kept while they look at other pages, until they sign out. */
import { on } from '../lib/events';
import { uuid7 } from '../lib/uuid';
import type { Line } from './types';

class Outbox {
  #lines = $state<Record<string, Line[]>>({});
  /** Words that still stand in the field, by whom they are for. */
  #drafts = new Map<string, string>();

  constructor() {
    on('signedOut', () => {
      this.#lines = {};
      this.#drafts.clear();
    });
  }

  /** Those for one person, oldest first. */
  to(handle: string): Line[] {
    return this.#lines[handle] ?? [];
  }

  /** Keep a new one; its id is the key under which it is sent, however often. */
  add(handle: string, text: string): string {
    const key = uuid7();
    const line: Line = {
      ...{ id: key, key, text, mine: true, video: null, unsent: false },
      ...{ at: new Date().toISOString(), sending: 'now' },
    };
    this.#lines[handle] = [...this.to(handle), line];
    return key;
  }

  find(handle: string, key: string): Line | undefined {
    return this.to(handle).find((line) => line.key === key);
  }

  drop(handle: string, key: string): void {
    this.#lines[handle] = this.to(handle).filter((line) => line.key !== key);
  }

  draft(handle: string): string {
    return this.#drafts.get(handle) ?? '';
  }

  keepDraft(handle: string, words: string): void {
    if (words) this.#drafts.set(handle, words);
    else this.#drafts.delete(handle);
  }
}

export const outbox = new Outbox();
