/** What somebody does about another person: follow them or ask to, answer them, keep them out. */
import { client, data, type Schemas } from '../api/client';
import { emit } from '../lib/events';

export type Kept = 'block' | 'mute' | 'restrict';
export type Line = Schemas['PersonLineOut'];
/** How the viewer stands with somebody. */
export type Following = Pick<Schemas['FollowState'], 'following' | 'requested'>;

interface Call {
  [more: string]: unknown;
  params: { path: { handle: string } };
}

const KEEPING = {
  block: {
    PUT: (call: Call) => client.PUT('/api/v1/people/{handle}/block', call),
    DELETE: (call: Call) => client.DELETE('/api/v1/people/{handle}/block', call),
  },
  mute: {
    PUT: (call: Call) => client.PUT('/api/v1/people/{handle}/mute', call),
    DELETE: (call: Call) => client.DELETE('/api/v1/people/{handle}/mute', call),
  },
  restrict: {
    PUT: (call: Call) => client.PUT('/api/v1/people/{handle}/restrict', call),
    DELETE: (call: Call) => client.DELETE('/api/v1/people/{handle}/restrict', call),
  },
} as const;

const to = (handle: string): Call => ({ params: { path: { handle } } });

/** Keep a person out, or let them be again. What the feed has read already is read anew. */
export async function keep(handle: string, kind: Kept, isOn: boolean): Promise<void> {
  await data(KEEPING[kind][isOn ? 'PUT' : 'DELETE'](to(handle)));
  if (kind === 'block' && isOn) emit('followChanged', { handle, following: false, requested: false });
  if (kind !== 'restrict') emit('controlsChanged', await data(client.GET('/api/v1/me/feed')));
}

/** Follow, or ask to where the account is private; or stop either. */
export async function follow(handle: string, isOn: boolean): Promise<Schemas['FollowState']> {
  const state = isOn
    ? await data(client.PUT('/api/v1/people/{handle}/follow', to(handle)))
    : await data(client.DELETE('/api/v1/people/{handle}/follow', to(handle)));
  emit('followChanged', { handle, following: state.following, requested: state.requested });
  return state;
}

export async function removeFollower(handle: string): Promise<void> {
  await data(client.DELETE('/api/v1/me/followers/{handle}', to(handle)));
}

/** Let a person who has asked follow, or not. */
export async function answer(handle: string, isYes: boolean): Promise<void> {
  await data(
    isYes
      ? client.PUT('/api/v1/me/follow-requests/{handle}', to(handle))
      : client.DELETE('/api/v1/me/follow-requests/{handle}', to(handle)),
  );
}
