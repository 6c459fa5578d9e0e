/** What an author lets others do with a video. */
import type { Schemas } from '../api/client';

export type Allows = Pick<
  Schemas['VideoStatusOut'],
  'commenters' | 'may_duet' | 'may_stitch' | 'may_download'
>;

/** What a new video begins with. */
export const ALL: Allows = {
  commenters: 'everyone',
  may_duet: true,
  may_stitch: true,
  may_download: true,
};

/** Only these four of whatever has them among others. */
export function allowsOf({ commenters, may_duet, may_stitch, may_download }: Allows): Allows {
  return { commenters, may_duet, may_stitch, may_download };
}

/** Who, of those who may watch, may comment. */
export const COMMENTERS = [
  { value: 'everyone', label: 'Everyone' },
  { value: 'followers', label: 'Followers' },
  { value: 'friends', label: 'Friends' },
  { value: 'no_one', label: 'No one' },
] as const;
