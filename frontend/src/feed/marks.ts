/** What the viewer has to do with the videos of a page that carries nobody's marks. */
import { client, data, type Video } from '../api/client';
import { session } from '../auth/session.svelte';

/** Put the viewer's own marks on the `fresh` ones of `items`. Without an account there are none. */
export async function putMarks(items: Video[], fresh: readonly { id: string }[]): Promise<void> {
  try {
    await session.ready();
    if (!session.me || fresh.length === 0) return;
    const query = { videos: fresh.map((item) => item.id).join(',') };
    const { items: found } = await data(client.GET('/api/v1/me/feed/marks', { params: { query } }));
    for (const { id, ...viewer } of found) {
      const item = items.find((one) => one.id === id);
      if (item) item.viewer = viewer;
    }
  } catch {
    return; // the page stands without marks; a like that was given already is no second one
  }
}
