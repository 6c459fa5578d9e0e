/**
 * Calls to the API, with the types of openapi-fetch and without its code, most of which is for other people's servers:
 * JSON or a form goes in, JSON comes out.
 */
import type { Client, Middleware } from 'openapi-fetch';
import { inOrder } from '../lib/inOrder';

/** They say how something is from now on: two of them at once could arrive the other way round, and the older would stand. */
const SETTING: readonly string[] = ['PUT', 'PATCH', 'DELETE'];
const METHODS = ['GET', 'PUT', 'POST', 'PATCH', 'DELETE'] as const;
type Calls<Paths extends object> = Pick<Client<Paths>, (typeof METHODS)[number] | 'use'>;
type Values = Readonly<Record<string, unknown>>;

interface Init extends Omit<RequestInit, 'body'> {
  params?: { path?: Values; query?: Values };
  body?: unknown;
}

/** Where a call goes: values in the path, the others that are set behind it. */
function addressOf(
  path: string,
  { path: places = {}, query = {} }: NonNullable<Init['params']> = {},
): string {
  const set = Object.entries(query).flatMap(([name, value]) =>
    [value].flat().map((one) => [name, one] as const),
  );
  const behind = new URLSearchParams(
    set.filter(([, value]) => value != null).map(([name, value]) => [name, String(value)]),
  );
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(places[name])));
  return behind.size > 0 ? `${filled}?${behind.toString()}` : filled;
}

function requestOf(method: string, path: string, { params, body, ...rest }: Init): Request {
  const isForm = body instanceof FormData;
  const headers = new Headers(rest.headers);
  if (body !== undefined && !isForm) headers.set('Content-Type', 'application/json');
  const sent = isForm ? body : JSON.stringify(body);
  return new Request(new URL(addressOf(path, params), location.href), {
    ...rest,
    method,
    headers,
    body: sent ?? null,
  });
}

async function contentOf(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return text ? (JSON.parse(text) as unknown) : undefined;
  } catch (error) {
    if (response.ok) throw error;
    return text; // an error page of whatever stands between
  }
}

export function createCalls<Paths extends object>(): Calls<Paths> {
  const all: Partial<Record<'onRequest' | 'onResponse' | 'onError', (about: object) => unknown>>[] = [];
  const call = async (method: string, path: string, init: Init = {}): Promise<object> => {
    const request = requestOf(method, path, init);
    for (const one of all) await one.onRequest?.({ request });
    let response: Response;
    try {
      const ask = (): Promise<Response> => fetch(request);
      response = await (SETTING.includes(method) ? inOrder(new URL(request.url).pathname, ask) : ask());
    } catch (error) {
      let told: unknown = error;
      for (const one of all) told = (await one.onError?.({ request, error: told })) ?? told;
      throw told;
    }
    for (const one of all) await one.onResponse?.({ request, response });
    const content = await contentOf(response);
    return response.ok ? { data: content, response } : { error: content, response };
  };
  const calls = METHODS.map(
    (method) => [method, (path: string, init?: Init) => call(method, path, init)] as const,
  );
  const use = (...more: Middleware[]): void => void all.push(...(more as typeof all));
  return { ...Object.fromEntries(calls), use } as unknown as Calls<Paths>;
}
