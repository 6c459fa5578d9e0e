/** What somebody writes, kept: at once in this browser, after a pause on the server, until both have it. */
import { ApiProblem, client, data, say, type Schemas } from '../api/client';
import { loadObject, save } from '../lib/storage';

export type DraftBody = Schemas['DraftIn'];
export type Put = (id: string, body: DraftBody, isLeaving: boolean) => Promise<unknown>;
type Copies = Record<string, { handle: string; body: DraftBody }>;

const COPIES = 'drafts';
const WAIT_MS = 800;
const AGAIN_MS = 5000;

function put(id: string, body: DraftBody, isLeaving: boolean): Promise<unknown> {
  const options = { params: { path: { draft_id: id } }, body, keepalive: isLeaving };
  return data(client.PUT('/api/v1/me/drafts/{draft_id}', options));
}

/** This browser's copy of what the server may not have yet; null takes it away. */
function copy(id: string, one: Copies[string] | null): void {
  const copies = loadObject<Copies>(COPIES);
  const others = Object.entries(copies).filter(([other]) => other !== id);
  const next = Object.fromEntries(one ? [...others, [id, one] as const] : others);
  save(COPIES, Object.keys(next).length > 0 ? JSON.stringify(next) : null);
}

/** Bring the server what a page of this person's could not before it was gone. What is refused stays in this browser. */
export async function bringCopies(handle: string, send: Put = put): Promise<void> {
  for (const [id, one] of Object.entries(loadObject<Copies>(COPIES))) {
    if (one?.handle !== handle) continue;
    try {
      await send(id, one.body, false);
      copy(id, null);
    } catch (problem) {
      if (problem instanceof ApiProblem && problem.code === 'draft_posted') copy(id, null);
    }
  }
}

export interface KeeperTold {
  isUnsaved: boolean;
  error: string;
}

export class Keeper {
  #wanted: DraftBody | undefined;
  #saved = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** One after the other: what was written first must not arrive last. */
  #sending: Promise<void> = Promise.resolve();
  #isOver = false;

  /** @param told hears whether everything is on the server, and why not. */
  constructor(
    readonly id: string,
    private readonly handle: string,
    private readonly told: (state: KeeperTold) => void,
    private readonly send: Put = put,
  ) {}

  /** It begins as something that the server has. */
  has(body: DraftBody): void {
    this.#saved = JSON.stringify(body);
  }

  /** This is how it is now. */
  keep(body: DraftBody): void {
    if (this.#isOver || JSON.stringify(body) === JSON.stringify(this.#wanted)) return;
    this.#wanted = body;
    if (JSON.stringify(body) === this.#saved) return;
    copy(this.id, { handle: this.handle, body });
    this.told({ isUnsaved: true, error: '' });
    this.#later(WAIT_MS);
  }

  /** Bring it now, as far as there is a line; `isLeaving`: the page may be gone before the answer comes. */
  flush(isLeaving = false): Promise<void> {
    clearTimeout(this.#timer);
    if (isLeaving) return this.#bring(true);
    this.#sending = this.#sending.then(() => this.#bring(false));
    return this.#sending;
  }

  /** Let what is on its way arrive, and begin nothing until more is written. */
  async rest(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#sending;
    clearTimeout(this.#timer);
  }

  async #bring(isLeaving: boolean): Promise<void> {
    const body = this.#wanted;
    if (this.#isOver || !body || JSON.stringify(body) === this.#saved) return;
    try {
      await this.send(this.id, body, isLeaving);
    } catch (problem) {
      this.#failed(problem);
      return;
    }
    this.#saved = JSON.stringify(body);
    if (this.#isOver || JSON.stringify(this.#wanted) !== this.#saved) return;
    copy(this.id, null);
    this.told({ isUnsaved: false, error: '' });
  }

  /** It is posted or deleted: nothing of it is kept any more. */
  end(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    copy(this.id, null);
  }

  #failed(problem: unknown): void {
    if (this.#isOver) return;
    this.told({ isUnsaved: true, error: say(problem) });
    const status = problem instanceof ApiProblem ? problem.status : 0;
    if (status === 0 || status === 429 || status >= 500) this.#later(AGAIN_MS);
  }

  #later(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), ms);
  }
}
