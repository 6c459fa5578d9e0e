import { afterEach, describe, expect, it, vi } from 'vitest';

import { ApiProblem } from '../api/client';
import { call, isAuthenticated, needsPassword, pendingFactors } from './allauth';

function answer(status: number, body: unknown): void {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(JSON.stringify(body), { status })));
}

afterEach(() => vi.unstubAllGlobals());

describe('call', () => {
  it('sends the CSRF token and JSON', async () => {
    document.cookie = 'csrftoken=abc';
    const fetched = vi.fn(() => Promise.resolve(new Response('{}', { status: 200 })));
    vi.stubGlobal('fetch', fetched);
    await call('POST', '/auth/login', { username: 'ana' });
    expect(fetched).toHaveBeenCalledWith('/_allauth/browser/v1/auth/login', {
      method: 'POST',
      headers: { 'X-CSRFToken': 'abc', 'Content-Type': 'application/json' },
      body: '{"username":"ana"}',
    });
  });

  it('puts each fault beside its field, the first one of each', async () => {
    answer(400, {
      errors: [
        { param: 'username', code: 'username_taken', message: 'Taken.' },
        { param: 'username', code: 'other', message: 'Second.' },
        { code: 'closed', message: 'Not now.' },
      ],
    });
    const problem = await call('POST', '/auth/signup', {}).catch((error: unknown) => error);
    expect(problem).toBeInstanceOf(ApiProblem);
    expect((problem as ApiProblem).fields).toEqual({ username: 'Taken.', '': 'Not now.' });
  });

  it('says that it was too often', async () => {
    answer(429, {});
    await expect(call('POST', '/auth/login', {})).rejects.toMatchObject({ code: 'rate_limited' });
  });

  it('says that the line is down', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed')));
    await expect(call('GET', '/auth/session')).rejects.toMatchObject({ code: 'offline' });
  });
});

describe('what a 401 asks for', () => {
  const asks = (...flows: unknown[]) => ({ status: 401, data: { flows }, meta: { is_authenticated: false } });

  it('is a second factor while one is pending', () => {
    const half = asks({ id: 'mfa_authenticate', is_pending: true, types: ['totp', 'webauthn'] });
    expect(pendingFactors(half)).toEqual(['totp', 'webauthn']);
    expect(pendingFactors(asks({ id: 'login' }))).toEqual([]);
    expect(isAuthenticated(half)).toBe(false);
  });

  it('is the password before a change', () => {
    expect(needsPassword(asks({ id: 'reauthenticate' }))).toBe(true);
    expect(needsPassword(asks({ id: 'login' }))).toBe(false);
  });
});
