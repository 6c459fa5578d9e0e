/** What a line says of a video: where it stands, who may watch, and what its owner can do. */
import { plural } from '../lib/words';
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
  if (days === 0) return 'About to be erased';
  return days === 1 ? 'Last day' : plural(days, ['# day left', '# days left']);
}

/** What whoever is asked whether to delete should know. */
export function whatDeletingDoes(count: number, binDays: number): string {
  if (count === 1)
    return binDays > 0
      ? `It goes into your bin, where only you see it. For ${binDays} days you can take it back, with its likes and comments.`
      : 'It is gone for good, with its likes, comments and original file.';
  return binDays > 0
    ? `They go into your bin, where only you see them. For ${binDays} days you can take them back, with their likes and comments.`
    : 'They are gone for good, with their likes, comments and original files.';
}
