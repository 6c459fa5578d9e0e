/** A list of videos that grows as it is scrolled: of a person, of a tag. */
import { say, type Video } from '../api/client';

interface Page {
  readonly items: Video[];
  readonly next_cursor: string | null;
}

export class GridState {
  items = $state<Video[]>([]);
  isLoading = $state(false);
  isOver = $state(false);
  error = $state('');
  #cursor = '';

  constructor(private readonly read: (cursor: string) => Promise<Page>) {}

  async more(): Promise<void> {
    if (this.isLoading || this.isOver) return;
    this.isLoading = true;
    this.error = '';
    try {
      const page = await this.read(this.#cursor);
      this.items.push(...page.items);
      this.#cursor = page.next_cursor ?? '';
      this.isOver = page.next_cursor === null;
    } catch (error) {
      this.error = say(error);
    } finally {
      this.isLoading = false;
    }
  }

  remove(id: string): void {
    this.items = this.items.filter((video) => video.id !== id);
  }
}
