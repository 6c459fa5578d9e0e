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

  it('says that there is no line, and asks again the next time', async () => {
    vi.resetModules();
    const { client: line, OFFLINE } = await import('../api/client');
    const { on } = await import('../lib/events');
    const { session: started } = await import('./session.svelte');
    const told: string[] = [];
    const stop = on('toast', (words) => told.push(words));
    const asked = vi.spyOn(line, 'GET').mockRejectedValue(OFFLINE);
    const [action, closed] = [vi.fn(), vi.fn()];
    await started.require(action, 'why', 'signUp', closed);
    expect([told, closed.mock.calls.length, started.asking]).toEqual([[OFFLINE.message], 1, null]);
    const answer = { data: { person: ME, instance: {} }, response: new Response('{}') };
    asked.mockResolvedValue(answer as never);
    await started.require(action, 'why');
    expect(action).toHaveBeenCalledOnce();
    stop();
  });

  it('keeps the action waiting when the server made no session', async () => {
    const action = vi.fn();
    await session.require(action, 'why');
    await session.entered();
    expect(action).not.toHaveBeenCalled();
  });
});
