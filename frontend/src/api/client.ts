/** The one way to the API: typed by the server's own OpenAPI document. */
import { createCalls } from './calls';

import { line } from '../lib/line.svelte';
import { language } from '../lib/words';
import type { components, paths } from './schema';

export type Schemas = components['schemas'];
export type Video = Schemas['Video'];
export type FeedItem = Schemas['FeedItem'];
export type Comment = Schemas['Comment'];
export type Profile = Schemas['Profile'];
export type Me = Schemas['MeOut'];
export type Instance = Schemas['InstanceOut'];
export type Author = Schemas['Author'];

/** An error answer, in the words of RFC 9457. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly data: Readonly<Record<string, unknown>> = {},
  ) {
    super(detail);
  }

  /** What is wrong with each field, if the problem is about fields. */
  get fields(): Readonly<Record<string, string>> {
    return (this.data['fields'] as Record<string, string> | undefined) ?? {};
  }
}

export const OFFLINE = new ApiProblem(0, 'offline', 'You seem to be offline. Try again in a moment.');

export function csrfToken(): string {
  return /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? '';
}

export const client = createCalls<paths>();

client.use({
  onRequest({ request }) {
    if (request.method !== 'GET') request.headers.set('X-CSRFToken', csrfToken());
    return request;
  },
  onResponse() {
    line.isOff = false;
  },
  onError({ error }) {
    line.isOff ||= !(error instanceof DOMException && error.name === 'AbortError');
    return OFFLINE;
  },
});

/** The same error in the language of the page: the server says it in English. */
export async function inOwnWords(told: ApiProblem): Promise<ApiProblem> {
  if (language !== 'en') {
    await import('./ownWords').then(({ translate }) => translate(told)).catch(() => undefined);
  }
  return told;
}

/** The data of an answer, or an ApiProblem thrown. */
export async function data<T>(
  answer: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<T> {
  const { data: found, error, response } = await answer;
  if (response.ok) return found as T;
  throw await inOwnWords(problem(response.status, error));
}

/** An ApiProblem from any error body. */
export function problem(status: number, body: unknown): ApiProblem {
  const { code, detail, title, ...rest } = (typeof body === 'object' && body !== null ? body : {}) as Record<
    string,
    unknown
  >;
  const words =
    typeof detail === 'string' ? detail : typeof title === 'string' ? title : 'Something went wrong.';
  return new ApiProblem(status, typeof code === 'string' ? code : 'error', words, rest);
}

/** One sentence for the screen, whatever was thrown. */
export function say(error: unknown): string {
  return error instanceof Error && error.message ? error.message : 'Something went wrong.';
}
