/** Pass a video on to those who follow the viewer, and take it back. */
import { client, data, say } from '../api/client';
import { requireSignIn } from '../auth/session.svelte';
import { emit } from '../lib/events';
import type { FeedState } from './feed.svelte';
import type { Item } from './kinds';

/** What others show to everybody. */
export const mayRepost = (item: Item): boolean => item.visibility === 'everyone' && !item.viewer.is_author;

export function repost(feed: FeedState, item: Item, note: string): Promise<void> {
  return requireSignIn(() => set(feed, item, true, note), 'Sign up to repost this video.');
}

export function undoRepost(feed: FeedState, item: Item): Promise<void> {
  return set(feed, item, false);
}

async function set(feed: FeedState, item: Item, wanted: boolean, note = ''): Promise<void> {
  const params = { path: { video_id: item.id } };
  const path = '/api/v1/videos/{video_id}/repost';
  try {
    const state = await data(
      wanted ? client.PUT(path, { params, body: { note } }) : client.DELETE(path, { params }),
    );
    item.viewer.reposted = state.reposted;
    item.counts.reposts = state.repost_count;
    feed.did(wanted ? 'repost' : 'unrepost', item);
    emit('toast', wanted ? 'Reposted' : 'Repost taken back');
  } catch (error) {
    emit('toast', say(error));
  }
}
