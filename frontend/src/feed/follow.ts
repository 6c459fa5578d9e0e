/** Follow somebody from the feed. */
import { client, data, say } from '../api/client';
import { requireSignIn } from '../auth/session.svelte';
import { emit } from '../lib/events';

export async function follow(handle: string): Promise<void> {
  await requireSignIn(async () => {
    try {
      const { following, requested } = await data(
        client.PUT('/api/v1/people/{handle}/follow', { params: { path: { handle } } }),
      );
      emit('followChanged', { handle, following, requested });
      if (requested) emit('toast', 'Requested');
    } catch (error) {
      emit('toast', say(error));
    }
  }, `Sign up to follow @${handle}.`);
}
