/** Whom For You is made for: this viewer, or everybody. */
import { client, data, say } from '../api/client';
import { emit } from '../lib/events';
import type { Stage } from './stage.svelte';

/** Make it the other of the two, and begin anew with what that brings. */
export async function personalise(stage: Stage): Promise<void> {
  try {
    const body = { is_personalised: !stage.feed.isPersonalised };
    emit('controlsChanged', await data(client.PATCH('/api/v1/me/feed', { body })));
    await stage.show('foryou');
    emit(
      'toast',
      body.is_personalised ? 'For You is yours again.' : 'For You is the same for everybody now.',
    );
  } catch (error) {
    emit('toast', say(error));
  }
}
