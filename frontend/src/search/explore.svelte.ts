/** Popular and new, of one topic or of all. */
import { client, data, type Schemas } from '../api/client';
import { GridState } from '../profile/grid.svelte';

export type Topic = Schemas['TopicOut'];

export function exploreGrid(topic: number | null): GridState {
  return new GridState((cursor) => {
    const query = { limit: 30, ...(topic === null ? {} : { topic }), ...(cursor ? { cursor } : {}) };
    return data(client.GET('/api/v1/explore', { params: { query } }));
  });
}

export async function exploreTopics(): Promise<readonly Topic[]> {
  return (await data(client.GET('/api/v1/explore/topics'))).items;
}
