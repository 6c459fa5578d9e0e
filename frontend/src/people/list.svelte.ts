/** A list of people that grows page by page. */
import { say } from '../api/client';
import type { Line } from './relations';

interface Page {
  readonly items: Line[];
  readonly next_cursor: string | null;
}

export class PeopleList {
  items = $state<Line[]>([]);
  isLoading = $state(false);
  isOver = $state(false);
  error = $state('');
  #cursor = '';
  #reading = 0;

  constructor(private readonly read: (cursor: string) => Promise<Page>) {}

  /** From its beginning; what an earlier question still brings is late. */
  async again(): Promise<void> {
    this.#cursor = '';
    this.isOver = this.isLoading = false;
    await this.more();
  }

  async more(): Promise<void> {
    if (this.isLoading || this.isOver) return;
    const reading = (this.#reading += 1);
    this.isLoading = true;
    this.error = '';
    try {
      const page = await this.read(this.#cursor);
      if (reading !== this.#reading) return;
      this.items = this.#cursor ? [...this.items, ...page.items] : page.items;
      this.#cursor = page.next_cursor ?? '';
      this.isOver = page.next_cursor === null;
    } catch (error) {
      if (reading === this.#reading) this.error = say(error);
    } finally {
      if (reading === this.#reading) this.isLoading = false;
    }
  }

  /** Do something about a person and take them off the list; they stay where it fails. */
  async takeOff(line: Line, act: () => Promise<void>): Promise<void> {
    this.error = '';
    try {
      await act();
      this.items = this.items.filter(({ person }) => person.id !== line.person.id);
    } catch (error) {
      this.error = say(error);
    }
  }
}
