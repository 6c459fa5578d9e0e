/** What somebody who is typing may mean: what they searched for before, then tags and people. The latest question wins. */
import { client, data, type Author, type Schemas } from '../api/client';
import { write, NOTHING } from './address';

type Span = Schemas['SpanOut'];

export interface Option {
  /** Where it leads. */
  readonly href: string;
  readonly kind: 'recent' | 'tag' | 'person';
  readonly name: string;
  readonly spans: readonly Span[];
  readonly note: string;
  readonly noteSpans: readonly Span[];
  readonly person?: Author;
  /** Public videos of a tag. */
  readonly count?: number;
}

export type Ask = (q: string) => Promise<Schemas['SuggestionsOut']>;
const WAIT_MS = 120;
const MOST_RECENTS = 3;

const askServer: Ask = (q) => data(client.GET('/api/v1/search/suggest', { params: { query: { q } } }));

function ofServer({ tags, people }: Schemas['SuggestionsOut']): Option[] {
  const shifted = (spans: readonly Span[]): Span[] =>
    spans.map(({ start, end }) => ({ start: start + 1, end: end + 1 }));
  return [
    ...tags.map(({ name, videos, matches }): Option => ({
      href: `/tag/${encodeURIComponent(name)}`,
      kind: 'tag',
      name: `#${name}`,
      spans: shifted(matches),
      note: '',
      noteSpans: [],
      count: videos,
    })),
    ...people.map(({ person, name_matches, handle_matches }): Option => {
      const handle = { text: `@${person.handle}`, spans: shifted(handle_matches) };
      return {
        href: `/@${person.handle}`,
        kind: 'person',
        name: person.name || handle.text,
        spans: person.name ? name_matches : handle.spans,
        note: person.name ? handle.text : '',
        noteSpans: handle.spans,
        person,
      };
    }),
  ];
}

export class Typed {
  options = $state.raw<readonly Option[]>([]);
  /** Which of them the arrow keys have come to; -1: none. */
  active = $state(-1);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  constructor(
    private readonly recents: () => readonly string[],
    private readonly ask: Ask = askServer,
    private readonly waitMs = WAIT_MS,
  ) {}

  /** The text has changed. */
  look(text: string): void {
    const q = text.trim();
    clearTimeout(this.#timer);
    this.active = -1;
    if (!q) this.close();
    else this.#timer = setTimeout(() => void this.#find(q), this.waitMs);
  }

  /** Go to the next one, or back; beyond the ends nothing is chosen, and the field says what was typed. */
  move(by: 1 | -1): void {
    const places = this.options.length + 1;
    this.active = ((this.active + 1 + by + places) % places) - 1;
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#asked += 1; // what is still asked comes too late
    this.options = [];
    this.active = -1;
  }

  async #find(q: string): Promise<void> {
    const turn = (this.#asked += 1);
    // Without an answer there is nothing to suggest, and nothing that the person could do about it.
    const found = await this.ask(q).catch(() => ({ tags: [], people: [] }));
    if (turn !== this.#asked) return;
    this.options = [...this.#before(q), ...ofServer(found)];
    this.active = -1;
  }

  #before(q: string): Option[] {
    const begins = (one: string): boolean => one.toLowerCase().startsWith(q.toLowerCase()) && one !== q;
    const letters = [...q].length;
    return this.recents()
      .filter(begins)
      .slice(0, MOST_RECENTS)
      .map((name) => ({
        href: write({ ...NOTHING, q: name }),
        kind: 'recent',
        name,
        spans: [{ start: 0, end: letters }],
        note: '',
        noteSpans: [],
      }));
  }
}
