/** What is searched for, as it stands in the address: it can be handed on, and Back goes to the search before. */
import type { Schemas } from '../api/client';

export const TABS = ['top', 'videos', 'people', 'sounds', 'tags'] as const;
export type Tab = (typeof TABS)[number];
export type Sort = Schemas['Sort'];
export type Since = Schemas['Since'];
export type Seen = Schemas['Seen'];

export const SORTS = ['relevance', 'likes', 'date'] as const satisfies readonly Sort[];
export const SINCES = ['any', 'day', 'week', 'month', 'half_year'] as const satisfies readonly Since[];
export const SEENS = ['any', 'unwatched', 'watched', 'liked'] as const satisfies readonly Seen[];

export interface Filters {
  readonly sort: Sort;
  readonly since: Since;
  readonly seen: Seen;
}

export interface Search extends Filters {
  readonly q: string;
  readonly tab: Tab;
}

export const NOTHING: Search = { q: '', tab: 'top', sort: 'relevance', since: 'any', seen: 'any' };

function oneOf<T extends string>(values: readonly T[], value: string | null, otherwise: T): T {
  return values.find((one) => one === value) ?? otherwise;
}

/** The search of an address; what it does not say, or says wrongly, is as in `NOTHING`. */
export function read(behind: string): Search {
  const said = new URLSearchParams(behind);
  return {
    q: (said.get('q') ?? '').trim(),
    tab: oneOf(TABS, said.get('tab'), NOTHING.tab),
    sort: oneOf(SORTS, said.get('sort'), NOTHING.sort),
    since: oneOf(SINCES, said.get('since'), NOTHING.since),
    seen: oneOf(SEENS, said.get('seen'), NOTHING.seen),
  };
}

/** The address of a search, as short as it can be said. */
export function write(search: Search): string {
  const names = ['q', 'tab', 'sort', 'since', 'seen'] as const;
  const said = names.filter((name) => search[name] !== NOTHING[name]).map((name) => [name, search[name]]);
  return said.length > 0 ? `/search?${new URLSearchParams(said)}` : '/search';
}

/** How many filters are set. */
export function filterCount(filters: Filters): number {
  return (['sort', 'since', 'seen'] as const).filter((name) => filters[name] !== NOTHING[name]).length;
}
