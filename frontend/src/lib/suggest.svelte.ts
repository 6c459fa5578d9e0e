/** What somebody who types a # or an @ may mean: asked while they type, the latest question wins. */
import { client, data, type Schemas } from '../api/client';
import { number } from './format';

export interface Word {
  /** Where its # or @ stands. */
  readonly start: number;
  /** Behind its last letter. */
  readonly end: number;
  readonly kind: '#' | '@';
  /** As far as the caret, without # or @. */
  readonly prefix: string;
}

export interface Suggestion {
  /** What is put into the text. */
  readonly value: string;
  readonly name: string;
  readonly note: string;
  readonly person?: Schemas['Author'];
}

export type Ask = (word: Word) => Promise<Suggestion[]>;

const BEFORE = /(?:^|[^\p{L}\p{N}\p{M}_#@/.&-])([#@])([\p{L}\p{N}\p{M}_.]*)$/u;
const AFTER = /^[\p{L}\p{N}\p{M}_]*/u;
const WAIT_MS = 150;

/** The tag or name in which the caret stands, if it stands in one. */
export function wordAt(text: string, caret: number): Word | null {
  const found = BEFORE.exec(text.slice(0, caret));
  if (!found) return null;
  const [, kind, prefix = ''] = found;
  if (kind === '#' && prefix.includes('.')) return null;
  const rest = AFTER.exec(text.slice(caret))?.[0] ?? '';
  return { start: caret - prefix.length - 1, end: caret + rest.length, kind: kind as '#' | '@', prefix };
}

/** The text with a word replaced and a space behind it, and where the caret is then. */
export function replaced(text: string, word: Word, value: string): { text: string; caret: number } {
  const rest = text.slice(word.end);
  const before = text.slice(0, word.start) + value;
  return { text: `${before}${/^\s/.test(rest) ? '' : ' '}${rest}`, caret: before.length + 1 };
}

async function askServer({ kind, prefix }: Word): Promise<Suggestion[]> {
  const options = { params: { query: { prefix } } };
  if (kind === '#') {
    const { items } = await data(client.GET('/api/v1/suggest/tags', options));
    return items.map(({ name, videos }) => ({
      value: `#${name}`,
      name: `#${name}`,
      note: videos === 1 ? '1 video' : `${number(videos)} videos`,
    }));
  }
  const { items } = await data(client.GET('/api/v1/suggest/people', options));
  return items.map(({ person, is_followed }) => {
    const value = `@${person.handle}`;
    const notes = [person.name ? value : '', is_followed ? 'Following' : ''];
    return { value, name: person.name || value, note: notes.filter(Boolean).join(' · '), person };
  });
}

export class Suggestions {
  items = $state.raw<readonly Suggestion[]>([]);
  /** Which of them the arrow keys have come to; -1: none. */
  active = $state(-1);
  word: Word | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  constructor(
    private readonly ask: Ask = askServer,
    private readonly waitMs = WAIT_MS,
  ) {}

  /** The text or the caret has changed. */
  look(text: string, caret: number): void {
    const word = wordAt(text, caret);
    const isSame = word?.kind === this.word?.kind && word?.prefix === this.word?.prefix;
    if (isSame && word?.start === this.word?.start) return;
    if (!word || word.kind !== this.word?.kind) this.close();
    this.word = word;
    clearTimeout(this.#timer);
    if (word) this.#timer = setTimeout(() => void this.#find(word), this.waitMs);
  }

  /** Go to the next one, or back, around. */
  move(by: 1 | -1): void {
    const count = this.items.length;
    this.active = this.active < 0 && by < 0 ? count - 1 : (this.active + by + count) % count;
  }

  /** A key in the field: the arrows walk, Escape closes, Enter and Tab choose. Whether it was one of these. */
  press(event: KeyboardEvent, choose: (item: Suggestion) => void): boolean {
    if (this.items.length === 0 || event.isComposing) return false;
    const chosen = this.items[this.active];
    if (event.key === 'ArrowDown') this.move(1);
    else if (event.key === 'ArrowUp') this.move(-1);
    else if (event.key === 'Escape') this.close();
    else if ((event.key === 'Enter' || event.key === 'Tab') && chosen) choose(chosen);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#asked += 1; // what is still asked comes too late
    this.items = [];
    this.active = -1;
  }

  async #find(word: Word): Promise<void> {
    const turn = (this.#asked += 1);
    // Without an answer there is nothing to suggest, and nothing that the person could do about it.
    const found = await this.ask(word).catch(() => []);
    if (turn !== this.#asked) return;
    this.items = found;
    this.active = -1;
  }
}
