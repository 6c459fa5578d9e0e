import { beforeEach, describe, expect, it, vi } from 'vitest';

import { client } from '../api/client';
import { session } from './session.svelte';

const ME = { id: '1', handle: 'ana' };

/** What GET /api/v1/session says from now on. */
function serverSays(person: unknown): void {
  vi.spyOn(client, 'GET').mockResolvedValue({
    data: { person, csrf_token: 't', instance: { name: 'Revue' } },
    response: new Response('{}', { status: 200 }),
  } as never);
}

describe('require', () => {
  beforeEach(async () => {
    serverSays(null);
    await session.refresh();
    session.cancel();
  });

  it('finishes what was asked for once someone signed in, and only once', async () => {
    const action = vi.fn();
    await session.require(action, 'Sign up to like this.');
    expect(session.asking).toEqual({ why: 'Sign up to like this.', step: 'signUp' });
    expect(action).not.toHaveBeenCalled();
    serverSays(ME);
    await session.entered();
    await session.entered();
    expect(action).toHaveBeenCalledOnce();
    expect(session.asking).toBeNull();
  });

  it('forgets the action when the sheet is closed', async () => {
    const action = vi.fn();
    const closed = vi.fn();
    await session.require(action, 'why', 'signIn', closed);
    session.cancel();
    expect(closed).toHaveBeenCalledOnce();
    serverSays(ME);
    await session.entered();
    expect(action).not.toHaveBeenCalled();
  });

  it('does not ask who is signed in already', async () => {
    serverSays(ME);
    await session.refresh();
    const action = vi.fn();
    await session.require(action, 'why');
    expect(action).toHaveBeenCalledOnce();
    expect(session.asking).toBeNull();
  });

  it('keeps the action waiting when the server made no session', async () => {
    const action = vi.fn();
    await session.require(action, 'why');
    await session.entered();
    expect(action).not.toHaveBeenCalled();
  });
});
