/** The page of a tag: its numbers, and its videos in either order. */
import { client, data, type Schemas } from '../api/client';
import { GridState } from './grid.svelte';

type Order = Schemas['TagOrder'];

export class TagState {
  /** Null until they are known; the page is whole without them. */
  numbers = $state.raw<Schemas['TagOut'] | null>(null);
  order = $state<Order>('newest');
  grid = $state.raw(this.#videos('newest'));

  constructor(private readonly tag: string) {}

  async load(): Promise<void> {
    const params = { path: { tag: this.tag } };
    this.numbers = await data(client.GET('/api/v1/tags/{tag}', { params })).catch(() => null);
  }

  sort(order: Order): void {
    this.order = order;
    this.grid = this.#videos(order);
  }

  #videos(sort: Order): GridState {
    return new GridState((cursor) =>
      data(
        client.GET('/api/v1/tags/{tag}/videos', {
          params: { path: { tag: this.tag }, query: { sort, ...(cursor ? { cursor } : {}) } },
        }),
      ),
    );
  }
}
