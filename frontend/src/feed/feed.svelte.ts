/** The feed's state: what there is to watch, what plays, and what the viewer does with it. */
import { ApiProblem, client, data, say } from '../api/client';
import { requireSignIn } from '../auth/session.svelte';
import { emit } from '../lib/events';
import { line } from '../lib/line.svelte';
import type { Shown, WatchLog } from '../player/WatchLog';
import type { BootData, FeedKind, Item, SetEnd } from './kinds';
import type { Kind } from './likesAndSaves';
import { putMarks } from './marks';
import { hearNews } from './news';
import { FeedSession, type Page } from './session';
import { shownAs } from './shown';

/** Ask for more when fewer than this lie ahead. */
export const AHEAD = 3;
/** The current video and the next one, which is loading already, stay; what lies behind them is ranked anew. */
const KEPT = 2;

const tell = (error: unknown): void => emit('toast', say(error));

export class FeedState {
  kind = $state<FeedKind>('foryou');
  items = $state<Item[]>([]);
  active = $state(0);
  settled = $state(0); // the video that showed last: around it slides are filled
  isLineFree = $state(false); // the clips to come are loaded: other things may be
  isLoading = $state(false);
  error = $state('');
  isOver = $state(false);
  /** It is over because the viewer has set an end to the visit; `goOn` goes on. */
  setEnd = $state<SetEnd>('');
  /** False: For You is the same for everybody. */
  isPersonalised = $state(true);
  /** Which sheet is open over the current video. */
  sheet = $state<'' | 'more' | 'why' | 'keys' | 'share' | 'edits' | 'save'>('');
  /** How far a finger has pulled the first video down to refresh, 0 to 1; and that it has. */
  pull = $state(0);
  isRefreshing = $state(false);
  isMuted = $state(true);
  isHeld = $state(false);
  isStalled = $state(false);
  failed = $state(-1);
  time = $state(0);
  duration = $state(0);
  /** Which photo of a photo post is shown; it goes with the time until the viewer leafs. */
  photo = $state(0);
  #isLeafing = false;
  #session = new FeedSession();
  #request = 0;

  constructor(private readonly log: WatchLog) {
    hearNews(this);
  }

  get current(): Item | undefined {
    return this.items[this.active];
  }

  /** Start from what the server put into the page. */
  boot(boot: BootData): void {
    this.kind = boot.kind;
    if (boot.page) this.#take(boot.page);
    if (boot.video) this.items = [boot.video];
  }

  /** Begin anew with another feed, or with one video and For You behind it. */
  async show(kind: FeedKind, videoId = ''): Promise<void> {
    this.#request += 1;
    this.kind = kind;
    this.#empty();
    if (kind === 'video') await this.#open(videoId);
    if (!this.error) await this.more();
  }

  #empty(): void {
    this.items = [];
    this.active = 0;
    this.#session = new FeedSession();
    this.isOver = false;
    this.setEnd = '';
    this.isLoading = false;
    this.error = '';
  }

  /** The newest page in place of all that is there, which stays until it comes; whether it came. */
  async refresh(): Promise<boolean> {
    const request = (this.#request += 1);
    this.isRefreshing = true;
    try {
      const page = await new FeedSession().ask(this.kind);
      if (request !== this.#request) return false;
      this.#empty();
      this.#take(page);
      return true;
    } catch (error) {
      emit('toast', say(error));
      return false;
    } finally {
      this.isRefreshing = false;
      if (request === this.#request) this.isLoading = false;
    }
  }

  /** How to come back to this list and this clip later. */
  keep(): () => void {
    const { kind, items, active, isOver, setEnd, isPersonalised } = this;
    const session = this.#session;
    return () => {
      this.#request += 1;
      Object.assign(this, { kind, items, active, isOver, setEnd, isPersonalised });
      Object.assign(this, { isLoading: false, error: '' });
      this.#session = session;
    };
  }

  /** What this browser has kept, and nothing behind it. */
  replay(items: readonly Item[]): void {
    this.#request += 1;
    this.kind = 'offline';
    this.#empty();
    this.items = [...items];
    this.isOver = true;
  }

  async #open(videoId: string): Promise<void> {
    const request = this.#request;
    try {
      const video = await data(
        client.GET('/api/v1/videos/{video_id}', { params: { path: { video_id: videoId } } }),
      );
      if (request === this.#request) this.items = [video];
    } catch (error) {
      this.error = say(error);
    }
  }

  /** What lies behind the next video, ranked anew by what the viewer has just done. */
  async renew(): Promise<void> {
    const from = this.items[this.active + KEPT]?.position;
    if (this.kind !== 'foryou' || !this.isPersonalised || this.isLoading || from === undefined) return;
    await this.log.flush();
    await this.more(from);
    if (this.items.length - this.active <= AHEAD) await this.more(); // which could not be asked for meanwhile
  }

  /** The next page, once; with `againFrom` the one that begins at that place and takes the place of what was there. */
  async more(againFrom?: number): Promise<void> {
    if (this.isLoading || this.isOver) return;
    const request = this.#request;
    const session = this.#session;
    this.isLoading = true;
    this.error = '';
    try {
      const page = await session.ask(this.kind, againFrom);
      if (request === this.#request && this.#drop(againFrom)) this.#take(page);
      else if (againFrom !== undefined) session.miss();
    } catch (error) {
      if (againFrom !== undefined)
        session.miss(); // it may have been answered; what is there still plays
      else if (request === this.#request) this.#fail(error);
    } finally {
      if (request === this.#request) this.isLoading = false;
    }
  }

  #fail(error: unknown): void {
    this.error = say(error);
    if (error instanceof ApiProblem && error.code === 'bad_cursor') this.#session.restart();
  }

  /** Take out what is ranked anew; false when the viewer has come to it meanwhile, so that it must stay. */
  #drop(from: number | undefined): boolean {
    if (from === undefined) return true;
    const at = this.items.findIndex((item) => item.position === from);
    if (at <= this.active + 1 || this.setEnd) return false;
    this.items.splice(at);
    return true;
  }

  #take(page: Page): void {
    const known = new Set(this.items.map((item) => item.id));
    const fresh = page.items.filter((item) => !known.has(item.id));
    this.items.push(...fresh);
    this.#session.take(page);
    this.isOver = page.next_cursor === null;
    this.setEnd = page.onward_cursor === null ? '' : 'videos';
    if (this.kind === 'foryou') this.isPersonalised = page.is_personalised;
    if (!page.is_personalised) void putMarks(this.items, fresh);
  }

  /** End after the current video, as the viewer has set it; what is loaded already waits. */
  end(why: SetEnd): void {
    if (this.setEnd) return;
    this.#session.kept = this.items.splice(this.active + 1);
    this.#session.wasOver = this.isOver;
    this.isOver = true;
    this.setEnd = why;
  }

  /** Go on past an end that the viewer has set. The end stays on the screen until there is something in its place. */
  async goOn(): Promise<void> {
    this.items.push(...this.#session.kept.splice(0));
    this.isOver = this.#session.wasOver;
    this.#session.wasOver = false;
    if (this.isOver || this.items.length > this.active + 1) this.setEnd = '';
    if (this.items.length - this.active <= AHEAD) await this.more();
  }

  activate(index: number): void {
    if (!this.items[index]) return;
    this.active = index;
    this.isHeld = this.isStalled = this.isLineFree = false;
    this.failed = -1;
    this.time = this.photo = 0;
    this.#isLeafing = false;
    const shown = this.shown(index);
    if (shown) this.log.begin(shown);
  }

  /** The video is at this second of so many; photos go along. */
  tick(seconds: number, duration: number): void {
    this.time = seconds;
    this.duration = duration;
    const count = this.current?.photos.length ?? 0;
    if (count === 0 || duration === 0 || this.#isLeafing) return;
    this.photo = Math.min(count - 1, Math.floor((seconds / duration) * count));
  }

  /** Show a photo because the viewer wants it: from now on photos stay until they leaf again. */
  leafTo(photo: number): void {
    const count = this.current?.photos.length ?? 0;
    this.#isLeafing = true;
    this.photo = Math.max(0, Math.min(count - 1, photo));
  }

  /** Let photos go along with the time again. */
  stopLeafing(): void {
    this.#isLeafing = false;
  }

  /** How the watch log names an item. */
  shown(index: number = this.active): Shown | undefined {
    const item = this.items[index];
    return item && shownAs(item, index, this.#session.model);
  }

  /** Like, or no longer, and the same of saving; shown at once, taken back when the server refuses. */
  like(item: Item, wanted: boolean): Promise<void> {
    return this.#mark('like', item.id, wanted).catch(tell);
  }

  save(item: Item, wanted: boolean): Promise<void> {
    return this.#mark('save', item.id, wanted).catch(tell);
  }

  async #mark(kind: Kind, id: string, wanted: boolean): Promise<void> {
    const { mark, WHY } = await import('./likesAndSaves');
    await requireSignIn(async () => {
      const item = this.items.find((found) => found.id === id);
      if (kind === 'save' && wanted && !line.isOff) this.sheet = 'save';
      if (item && (await mark(kind, item, wanted))) this.did(wanted ? kind : `un${kind}`, item);
    }, WHY[kind]);
  }

  /** The viewer has done something with a video: shared it, for instance. */
  did(what: string, item: Item): void {
    const shown = this.shown(this.items.indexOf(item));
    if (shown) this.log.note(what, shown);
  }
}
