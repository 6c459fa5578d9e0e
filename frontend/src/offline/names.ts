/** What the app and its service worker call the same things. */

/** The cache of clips that were watched, their posters, and the list of them. */
export const SEEN = 'seen';
/** The cache of files that another app has shared with this one, until the upload page takes them. */
export const SHARED = 'shared';
/** Where the server has the page of an app without a line; the worker keeps it. */
export const OFFLINE_PAGE = '/offline';
/** The query of a media address that is to be answered from what was watched. Without it the worker lets media pass. */
export const FROM_SEEN = 'seen';
/** Headers that keep what a file is called, and its time in milliseconds. */
export const FILE_NAME = 'X-File-Name';
export const FILE_TIME = 'X-File-Time';

/** Put to a worker that waits: the script this page runs, and whether its viewer wants the new version now. */
export interface Offer {
  readonly script: string;
  readonly isWanted: boolean;
}
