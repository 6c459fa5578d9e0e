/** Named moments that parts of the app tell each other, so that none imports another's state. */
import type { Comment, Me, Schemas } from '../api/client';

export interface AppEvents {
  signedIn: Me;
  signedOut: undefined;
  videoPosted: { id: string };
  commentAdded: { videoId: string; comment: Comment };
  countsChanged: { videoId: string; likes?: number; comments?: number; saves?: number };
  /** A like or a save that had to wait has reached the server, or was refused. */
  markSettled: {
    videoId: string;
    mark: 'liked' | 'saved';
    isSet: boolean;
    counted: 'likes' | 'saves';
    number?: number;
  };
  /** `requested`: the account is private, and its owner has not answered yet. */
  followChanged: { handle: string; following: boolean; requested?: boolean };
  controlsChanged: Schemas['FeedControls'];
  /** Out of the history: one video, or all from a moment on. */
  historyForgotten: { videoId?: string; since?: 'beginning' | 'last_day' };
  toast: string;
}

type Handler<T> = (payload: T) => void;
const handlers = new Map<keyof AppEvents, Set<Handler<never>>>();

/** Hear of `name` from now on; returns how to stop. */
export function on<K extends keyof AppEvents>(name: K, handler: Handler<AppEvents[K]>): () => void {
  const set = handlers.get(name) ?? new Set();
  handlers.set(name, set);
  set.add(handler as Handler<never>);
  return () => set.delete(handler as Handler<never>);
}

export function emit<K extends keyof AppEvents>(name: K, payload: AppEvents[K]): void {
  for (const handler of [...(handlers.get(name) ?? [])]) (handler as Handler<AppEvents[K]>)(payload);
}
