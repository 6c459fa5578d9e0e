/** What the viewer has watched: read page by page, searched, taken away. */
import { client, data, say, type Schemas } from '../api/client';
import { emit } from '../lib/events';

export type Line = Schemas['WatchedOut'];
export type Reach = 'beginning' | 'last_day';

export class HistoryState {
  lines = $state<Line[]>([]);
  isLoading = $state(false);
  isOver = $state(false);
  error = $state('');
  isPaused = $state<boolean | null>(null);
  #search = '';
  #cursor = '';
  #request = 0;

  async open(): Promise<void> {
    await Promise.all([this.more(), this.#ask()]);
  }

  async #ask(): Promise<void> {
    await this.#try(async () => {
      this.isPaused = (await data(client.GET('/api/v1/me/feed'))).is_history_paused;
    });
  }

  /** The next page, once. */
  async more(): Promise<void> {
    if (this.isLoading || this.isOver) return;
    const request = this.#request;
    this.isLoading = true;
    await this.#try(async () => {
      const query = {
        ...(this.#search ? { search: this.#search } : {}),
        ...(this.#cursor ? { cursor: this.#cursor } : {}),
      };
      const page = await data(client.GET('/api/v1/me/feed/history', { params: { query } }));
      if (request !== this.#request) return;
      this.lines.push(...page.items);
      this.#cursor = page.next_cursor ?? '';
      this.isOver = page.next_cursor === null;
    });
    if (request === this.#request) this.isLoading = false;
  }

  /** Only what has this in its caption or its creator's name. */
  async find(search: string): Promise<void> {
    if (search === this.#search) return;
    this.#search = search;
    await this.#again();
  }

  async #again(): Promise<void> {
    this.#request += 1;
    this.lines = [];
    this.#cursor = '';
    this.isOver = false;
    this.isLoading = false;
    await this.more();
  }

  async remove(line: Line): Promise<void> {
    const params = { path: { video_id: line.video.id } };
    await this.#try(async () => {
      await data(client.DELETE('/api/v1/me/feed/history/{video_id}', { params }));
      this.lines = this.lines.filter((one) => one.video.id !== line.video.id);
      emit('historyForgotten', { videoId: line.video.id });
      await this.#tell();
    });
  }

  async forget(since: Reach): Promise<void> {
    await this.#try(async () => {
      await data(client.DELETE('/api/v1/me/feed/history', { params: { query: { since } } }));
      emit('historyForgotten', { since });
      await this.#tell();
    });
    await this.#again();
  }

  async pause(isPaused: boolean): Promise<void> {
    await this.#try(async () => {
      const body = { is_history_paused: isPaused };
      const controls = await data(client.PATCH('/api/v1/me/feed', { body }));
      this.isPaused = controls.is_history_paused;
      emit('controlsChanged', controls);
    });
  }

  /** The feed has less to go by: it begins anew. */
  async #tell(): Promise<void> {
    emit('controlsChanged', await data(client.GET('/api/v1/me/feed')));
  }

  async #try(act: () => Promise<void>): Promise<void> {
    this.error = '';
    try {
      await act();
    } catch (problem) {
      this.error = say(problem);
    }
  }
}
