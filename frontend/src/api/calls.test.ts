import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { createCalls } from './calls';

const calls = createCalls() as unknown as Record<string, (path: string, init?: object) => Promise<Answer>>;
interface Answer {
  data?: unknown;
  error?: unknown;
  response: Response;
}
let sent: Request[];

function answer(status: number, body: string | null): void {
  vi.stubGlobal('fetch', (request: Request) => {
    sent.push(request);
    return Promise.resolve(new Response(body, { status }));
  });
}

beforeEach(() => (sent = []));
afterEach(() => vi.unstubAllGlobals());

describe('createCalls', () => {
  it('puts values into the path and behind it, and leaves out what is not set', async () => {
    answer(200, '{"a":1}');
    const params = { path: { tag: 'a/b' }, query: { limit: 3, cursor: undefined, kinds: ['x', 'y'] } };
    expect((await calls['GET']!('/tags/{tag}', { params })).data).toEqual({ a: 1 });
    expect(sent[0]!.url).toMatch(/\/tags\/a%2Fb\?limit=3&kinds=x&kinds=y$/);
  });

  it('sends JSON as such, and a form as the browser writes it', async () => {
    answer(204, null);
    await calls['PATCH']!('/me', { body: { name: 'Ana' } });
    expect([sent[0]!.method, sent[0]!.headers.get('content-type')]).toEqual(['PATCH', 'application/json']);
    expect(await sent[0]!.json()).toEqual({ name: 'Ana' });
    await calls['PUT']!('/me/avatar', { body: new FormData() });
    expect(sent[1]!.headers.get('content-type')).not.toBe('application/json');
  });

  it('gives the error of a refusal, whatever it is written in', async () => {
    answer(409, '{"code":"no"}');
    expect((await calls['POST']!('/x')).error).toEqual({ code: 'no' });
    answer(502, '<html>');
    expect((await calls['POST']!('/x')).error).toBe('<html>');
  });

  it('lets others look at what goes and comes, and name what failed', async () => {
    const own = createCalls() as unknown as typeof calls & { use: (one: object) => void };
    const seen: string[] = [];
    own.use({
      onRequest: ({ request }: { request: Request }) => request.headers.set('X-Token', 't'),
      onResponse: () => seen.push('came'),
      onError: () => new Error('away'),
    });
    answer(200, '{}');
    await own['GET']!('/x');
    expect([sent[0]!.headers.get('x-token'), seen]).toEqual(['t', ['came']]);
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed')));
    await expect(own['GET']!('/x')).rejects.toThrow('away');
  });
});

it('lets what sets one thing arrive in the order in which it was sent, and holds nothing else up', async () => {
  const arrived: string[] = [];
  let answered = (): void => undefined;
  vi.stubGlobal('fetch', async (request: Request) => {
    arrived.push(`${request.method} ${new URL(request.url).pathname}`);
    if (request.method === 'PUT') await new Promise<void>((resolve) => (answered = resolve));
    return new Response(null, { status: 204 });
  });
  const both = [calls['PUT']!('/x'), calls['DELETE']!('/x')];
  await Promise.all([calls['GET']!('/x'), calls['DELETE']!('/y')]);
  expect([...arrived].sort()).toEqual(['DELETE /y', 'GET /x', 'PUT /x']);
  answered();
  await Promise.all(both);
  expect(arrived.at(-1)).toBe('DELETE /x');
});
