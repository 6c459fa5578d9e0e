/** What an author lets others do with a video. */
import type { Schemas } from '../api/client';

export type Allows = Pick<
  Schemas['VideoStatusOut'],
  'may_comment' | 'may_duet' | 'may_stitch' | 'may_download'
>;

/** What a new video begins with. */
export const ALL: Allows = { may_comment: true, may_duet: true, may_stitch: true, may_download: true };

/** Only these four of whatever has them among others. */
export function allowsOf({ may_comment, may_duet, may_stitch, may_download }: Allows): Allows {
  return { may_comment, may_duet, may_stitch, may_download };
}
