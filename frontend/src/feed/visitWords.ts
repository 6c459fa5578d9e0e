/** The end of a visit that a viewer has set, in a sentence. */
import { plural } from '../lib/words';
import type { FeedState } from './feed.svelte';
import type { Visit } from './visit.svelte';

type Set = Pick<Visit, 'mostVideos' | 'mostMinutes'>;

export function visitWords({ setEnd }: Pick<FeedState, 'setEnd'>, { mostVideos, mostMinutes }: Set): string {
  const most = setEnd === 'minutes' ? mostMinutes : mostVideos;
  if (most === null) return 'You wanted to stop here.';
  return setEnd === 'minutes'
    ? plural(most, ['You wanted to stop after one minute.', 'You wanted to stop after # minutes.'])
    : plural(most, ['You wanted to stop after one video.', 'You wanted to stop after # videos.']);
}
