/** What a search finds, tab by tab; each tab asks when it is first shown. */
import { client, data, say, type Schemas, type Video } from '../api/client';
import { GridState } from '../profile/grid.svelte';
import { NOTHING, type Search } from './address';
import { FoundList } from './list.svelte';

export type FoundPerson = Schemas['FoundPersonOut'];
export type FoundTag = Schemas['FoundTagOut'];
export type FoundSound = Schemas['FoundSoundOut'];
type FoundVideos = Schemas['FoundVideosOut'];
type Span = Schemas['SpanOut'];
const MOST = 20;

/** Videos, with where in their captions the matches are. */
export class FoundVideosState {
  readonly grid: GridState;
  isPartial = $state(false);
  readonly #matches = new Map<string, readonly Span[]>();

  constructor(search: Search, first?: FoundVideos) {
    let given = first;
    this.grid = new GridState(async (cursor) => {
      const page = given ?? (await data(client.GET('/api/v1/search/videos', this.#asked(search, cursor))));
      given = undefined;
      return this.#kept(page, cursor);
    });
  }

  /** Where in a video's caption the matches are. */
  matches(video: Video): readonly Span[] {
    return this.#matches.get(video.id) ?? [];
  }

  #asked({ q, sort, since, seen }: Search, cursor: string): { params: { query: Record<string, string> } } {
    return { params: { query: { q, sort, since, seen, ...(cursor ? { cursor } : {}) } } };
  }

  /** A page without what is there already. */
  #kept(page: FoundVideos, cursor: string): { items: Video[]; next_cursor: string | null } {
    if (!cursor) this.isPartial = page.is_partial;
    const fresh = page.items.filter(({ video }) => !this.#matches.has(video.id));
    for (const { video, matches } of fresh) this.#matches.set(video.id, matches);
    return { items: fresh.map(({ video }) => video), next_cursor: page.next_cursor };
  }
}

/** The best of several kinds at once. */
export class TopState {
  people = $state.raw<readonly FoundPerson[]>([]);
  tags = $state.raw<readonly FoundTag[]>([]);
  videos = $state.raw<FoundVideosState | null>(null);
  error = $state('');

  constructor(private readonly q: string) {}

  async load(): Promise<void> {
    this.error = '';
    try {
      const found = await data(client.GET('/api/v1/search/top', { params: { query: { q: this.q } } }));
      this.people = found.people;
      this.tags = found.tags;
      this.videos = new FoundVideosState({ ...NOTHING, q: this.q }, found.videos);
      await this.videos.grid.more();
    } catch (error) {
      this.error = say(error);
    }
  }
}

const asked = (q: string, cursor: string) => ({
  params: { query: { q, limit: MOST, ...(cursor ? { cursor } : {}) } },
});

export const foundPeople = (q: string): FoundList<FoundPerson> =>
  new FoundList(
    (cursor) => data(client.GET('/api/v1/search/people', asked(q, cursor))),
    ({ person }) => person.id,
  );

export const foundSounds = (q: string): FoundList<FoundSound> =>
  new FoundList(
    (cursor) => data(client.GET('/api/v1/search/sounds', asked(q, cursor))),
    ({ sound }) => sound.id,
  );

export const foundTags = (q: string): FoundList<FoundTag> =>
  new FoundList(
    (cursor) => data(client.GET('/api/v1/search/tags', asked(q, cursor))),
    ({ name }) => name,
  );
