/** What a feed is made of. */
import type { FeedItem, Schemas, Video } from '../api/client';

/** `offline`: what this browser has kept, while there is no line. */
export type FeedKind = 'foryou' | 'following' | 'video' | 'offline';
/** A list that begins at its top and can be fetched anew. */
export const isList = (kind: FeedKind): boolean => kind === 'foryou' || kind === 'following';

/** A feed item, or a single video that was opened by its link. */
export type Item = Video &
  Partial<Pick<FeedItem, 'reason' | 'source' | 'propensity' | 'position' | 'repost'>> & {
    /** The viewer has asked, just now, to follow an author whose account is private. */
    viewer: { requested?: boolean };
  };
/** An end that the viewer has set themselves. */
export type SetEnd = '' | 'videos' | 'minutes';

export interface BootData {
  kind: FeedKind;
  page?: Schemas['FeedPageOut'];
  video?: Video;
}
