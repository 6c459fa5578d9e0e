/** One walk through a feed: where it is, and what it asks the server for. */
import { ApiProblem, client, data, type Schemas } from '../api/client';
import { session } from '../auth/session.svelte';
import type { FeedKind, Item } from './kinds';

export type Page = Schemas['FeedPageOut'];

const PAGE = 3;
/** More the server does not take. */
const MOST_UNTAKEN = 50;

export class FeedSession {
  #cursor = '';
  /** Answers to this cursor that came too late. */
  #untaken = 0;
  /** What waits behind an end that the viewer has set, and whether nothing comes after it. */
  kept: Item[] = [];
  wasOver = false;
  model = '';

  /** The next page, or with `againFrom` the one from that place on, ranked anew. Visitors follow nobody: nothing is asked. */
  async ask(kind: FeedKind, againFrom?: number): Promise<Page> {
    if (kind === 'following') {
      await session.ready();
      if (!session.me) throw new ApiProblem(401, 'sign_in_needed', 'Sign in to do this.');
    }
    const path = kind === 'following' ? '/api/v1/feed/following' : '/api/v1/feed/foryou';
    const query = {
      limit: PAGE,
      ...(this.#cursor ? { cursor: this.#cursor } : {}),
      ...(againFrom === undefined ? {} : { again_from: againFrom }),
      ...(this.#untaken ? { untaken: this.#untaken } : {}),
    };
    return data(client.GET(path, { params: { query } }));
  }

  take(page: Page): void {
    this.#cursor = page.next_cursor ?? page.onward_cursor ?? '';
    this.#untaken = 0;
    this.model = page.model_version;
  }

  /** The server has ranked places anew, and the viewer sees what stood there before. */
  miss(): void {
    this.#untaken = Math.min(MOST_UNTAKEN, this.#untaken + 1);
  }

  /** Go on from the top. */
  restart(): void {
    this.#cursor = '';
    this.#untaken = 0;
  }
}
