/** A list of what was found: it grows as it is scrolled, and holds each thing once. */
import { say } from '../api/client';

export interface Page<T> {
  readonly items: readonly T[];
  readonly next_cursor: string | null;
}

export class FoundList<T> {
  items = $state.raw<readonly T[]>([]);
  isLoading = $state(false);
  isOver = $state(false);
  error = $state('');
  #cursor = '';

  constructor(
    private readonly read: (cursor: string) => Promise<Page<T>>,
    private readonly key: (item: T) => string,
  ) {}

  async more(): Promise<void> {
    if (this.isLoading || this.isOver) return;
    this.isLoading = true;
    this.error = '';
    try {
      const page = await this.read(this.#cursor);
      const known = new Set(this.items.map(this.key));
      this.items = [...this.items, ...page.items.filter((item) => !known.has(this.key(item)))];
      this.#cursor = page.next_cursor ?? '';
      this.isOver = page.next_cursor === null;
    } catch (error) {
      this.error = say(error);
    } finally {
      this.isLoading = false;
    }
  }
}
