/** The viewer's own collections: read, made, changed, and filled. */
import { client, data, say, type Schemas } from '../api/client';
import { session } from '../auth/session.svelte';

export type Collection = Schemas['CollectionOut'];

const PAGE = 50;
/** So many saves go to another collection in one call. */
export const MOST_AT_ONCE = 100;

export class CollectionsState {
  items = $state<Collection[]>([]);
  error = $state('');

  constructor(private readonly handle = session.me?.handle ?? '') {}

  /** All of them: nobody has more than a few pages. */
  async readAll(): Promise<void> {
    this.error = '';
    const found: Collection[] = [];
    let cursor: string | null = '';
    try {
      while (cursor !== null) {
        const query: { cursor: string; limit: number } = { cursor, limit: PAGE };
        const params = { path: { handle: this.handle }, query };
        const page: Schemas['CollectionPageOut'] = await data(
          client.GET('/api/v1/people/{handle}/collections', { params }),
        );
        found.push(...page.items);
        cursor = page.next_cursor;
      }
      this.items = found;
    } catch (error) {
      this.error = say(error);
    }
  }

  /** In which collection a video of the viewer lies; null: in none. It is saved if it was not. */
  async placeOf(id: string): Promise<string | null> {
    try {
      const options = { params: { path: { video_id: id } } };
      return (await data(client.PUT('/api/v1/videos/{video_id}/save', options))).collection_id;
    } catch (error) {
      this.error = say(error);
      return null;
    }
  }

  async make(name: string, isPublic: boolean): Promise<Collection> {
    const body = { name, is_public: isPublic };
    const made = await data(client.POST('/api/v1/me/collections', { body }));
    this.items = [made, ...this.items.filter(({ id }) => id !== made.id)];
    return made;
  }

  /** Put saved videos into a collection, or into none; how many could not be moved. */
  async move(ids: readonly string[], collectionId: string | null): Promise<number> {
    let refused = 0;
    for (let at = 0; at < ids.length; at += MOST_AT_ONCE) {
      const body = { ids: ids.slice(at, at + MOST_AT_ONCE), collection_id: collectionId };
      const { results } = await data(client.POST('/api/v1/me/saves/move', { body }));
      refused += results.filter((one) => one.refusal).length;
    }
    return refused;
  }
}
