/** What a line says of a video: where it stands, who may watch, and what its owner can do. */
import { words as troubles } from '../profile/ownVideos.svelte';
import { daysLeft, moment } from './times';
import type { Own } from './studio.svelte';

const AUDIENCES: Readonly<Record<Own['visibility'], string>> = {
  everyone: 'Everyone',
  unlisted: 'Everyone with the link',
  followers: 'Followers',
  friends: 'Friends',
  only_me: 'Only me',
};

export const audience = (visibility: Own['visibility']): string => AUDIENCES[visibility];

export const name = (video: Own): string =>
  video.caption || (video.photo_count > 0 ? 'Photos without a caption' : 'Video without a caption');

/** Where it stands, in a few words. */
export function standing(video: Own): string {
  switch (video.state) {
    case 'binned':
      return left(video.kept_until ?? '');
    case 'published':
      return audience(video.visibility);
    case 'failed':
    case 'removed':
      return troubles(video);
    case 'scheduled':
      return `Goes out ${moment(video.publish_at ?? '')}`;
    case 'processing':
      return video.publish_at
        ? `Getting it ready, ${video.progress} %. Goes out ${moment(video.publish_at)}`
        : `Getting it ready, ${video.progress} %`;
  }
}

/** How long what lies in the bin can still be taken back. */
export function left(until: string): string {
  const days = daysLeft(until);
  return days > 1 ? `${days} days left` : days === 1 ? 'Last day' : 'About to be erased';
}

/** What whoever is asked whether to delete should know. */
export function whatDeletingDoes(count: number, binDays: number): string {
  const [it, its] = count === 1 ? ['It goes', 'its'] : ['They go', 'their'];
  if (binDays > 0)
    return `${it} into your bin, where only you see ${count === 1 ? 'it' : 'them'}. For ${binDays} days you can take ${count === 1 ? 'it' : 'them'} back, with ${its} likes and comments.`;
  return `${count === 1 ? 'It is' : 'They are'} gone for good, with ${its} likes, comments and original ${count === 1 ? 'file' : 'files'}.`;
}
