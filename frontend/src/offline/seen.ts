/**
 * The last clips that were watched, kept whole in this browser to be played without a line.
 * The list is the truth: a file that it does not name is swept away with the next change.
 */
import type { Video } from '../api/client';
import type { Item } from '../feed/kinds';
import type { Rendition } from '../player/types';
import { FROM_SEEN, SEEN } from './names';

export const MOST_CLIPS = 20;
export const MOST_BYTES = 60_000_000;
/** One long film must not push out all the others. */
const MOST_BYTES_EACH = MOST_BYTES / 3;
const LIST = '/offline/seen.json';
const LOCK = 'revue.seen';

interface Kept {
  readonly video: Video;
  /** Addresses of the files kept for it. */
  readonly files: readonly string[];
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly seenAt: number;
}

interface List {
  /** Whose clips they are: a person's id, or '' for a visitor. */
  owner: string;
  /** What was watched last comes first. */
  clips: Kept[];
}

export class SeenClips {
  /** Grows when everything is forgotten: what is still on its way then comes too late. */
  #era = 0;

  constructor(private readonly fetchFile: (url: string) => Promise<Response> = fetchQuietly) {}

  /** The clips as a feed that needs no line, what was watched last first. */
  async items(): Promise<Item[]> {
    const { clips } = await readList(await caches.open(SEEN));
    return clips.map(({ video }) => withoutLine(video));
  }

  async ids(): Promise<string[]> {
    const { clips } = await readList(await caches.open(SEEN));
    return clips.map(({ video }) => video.id);
  }

  /** Keep a clip and its poster; the least recently watched make room. Clips that are not public are not kept. */
  async keep(item: Item, owner: string): Promise<void> {
    const file = smallest(item);
    if (item.visibility !== 'everyone' || !file || file.bytes > MOST_BYTES_EACH) return;
    const era = this.#era;
    const urls = [file.url, ...(item.poster_small_url ? [item.poster_small_url] : [])];
    const answers = await this.#missing(urls);
    if (!answers) return;
    const kept = { video: asKept(item, file), files: urls, bytes: file.bytes, seenAt: Date.now() };
    await locked(async () => {
      if (era !== this.#era) return;
      const cache = await caches.open(SEEN);
      for (const [url, answer] of answers) await cache.put(url, answer);
      const list = await readList(cache);
      const before = list.owner === owner ? list.clips : [];
      const clips = fitting([kept, ...before.filter(({ video }) => video.id !== item.id)]);
      await write(cache, { owner, clips });
    });
  }

  /** What is not there yet of some files, whole; null when one of them cannot be kept. */
  async #missing(urls: readonly string[]): Promise<[string, Response][] | null> {
    const cache = await caches.open(SEEN);
    const found: [string, Response][] = [];
    for (const url of urls) {
      if (await cache.match(url)) continue;
      const answer = await this.fetchFile(url);
      const isPrivate = /no-store|private/.test(answer.headers.get('Cache-Control') ?? '');
      if (answer.status !== 200 || isPrivate) return null; // a cache takes no parts, and nobody's secrets
      found.push([url, answer]);
    }
    return found;
  }

  /** Take out the clips that `isUnwanted`. */
  async drop(isUnwanted: (id: string, seenAt: number) => boolean): Promise<void> {
    await locked(async () => {
      if (!(await caches.has(SEEN))) return;
      const cache = await caches.open(SEEN);
      const { owner, clips } = await readList(cache);
      await write(cache, {
        owner,
        clips: clips.filter(({ video, seenAt }) => !isUnwanted(video.id, seenAt)),
      });
    });
  }

  /** Forget everything. */
  async forget(): Promise<void> {
    this.#era += 1;
    await locked(async () => {
      await caches.delete(SEEN);
    });
  }

  /** Forget everything that is not this person's ('': a visitor's). */
  async leaveTo(owner: string): Promise<void> {
    if (!(await caches.has(SEEN))) return;
    const list = await readList(await caches.open(SEEN));
    if (list.owner !== owner) await this.forget();
  }
}

/** One change at a time, in all tabs together. */
async function locked(change: () => Promise<void>): Promise<void> {
  await navigator.locks.request(LOCK, change);
}

async function readList(cache: Cache): Promise<List> {
  const answer = await cache.match(LIST);
  return answer ? ((await answer.json()) as List) : { owner: '', clips: [] };
}

/** The list first: whatever ends this between the two leaves files too many, which go with the next change. */
async function write(cache: Cache, list: List): Promise<void> {
  await cache.put(LIST, Response.json(list));
  const named = new Set([LIST, ...list.clips.flatMap(({ files }) => files)]);
  for (const { url } of await cache.keys()) {
    if (!named.has(new URL(url).pathname)) await cache.delete(url);
  }
}

/** As many of the first ones as there is room for. */
function fitting(clips: readonly Kept[]): Kept[] {
  let bytes = 0;
  return clips.slice(0, MOST_CLIPS).filter((kept) => (bytes += kept.bytes) <= MOST_BYTES);
}

/** The smallest file that every browser plays. */
function smallest(video: Pick<Video, 'renditions'>): Rendition | undefined {
  return video.renditions.filter(({ codec }) => codec === 'h264').sort((a, b) => a.bytes - b.bytes)[0];
}

/** As a video that was opened by its link: why and where a feed showed it is not true of the next time. */
function asKept(item: Item, file: Rendition): Video {
  const video = { ...item, renditions: item.renditions.filter(({ name }) => name === file.name) };
  for (const name of ['source', 'reason', 'propensity', 'position'] as const) delete video[name];
  return video;
}

/** Only what is kept: the worker answers these addresses, and nothing else is asked for. */
function withoutLine(video: Video): Item {
  const kept = (url: string): string => `${url}?${FROM_SEEN}`;
  const poster = video.poster_small_url && kept(video.poster_small_url);
  return {
    ...video,
    renditions: video.renditions.map((file) => ({ ...file, url: kept(file.url) })),
    poster_small_url: poster,
    poster_url: poster,
    hls_url: null,
    preview_url: null,
    sprite: null,
    photos: [], // a photo post is a film too
    author: { ...video.author, avatar_url: null },
  };
}

/** Behind everything that is on the screen. */
function fetchQuietly(url: string): Promise<Response> {
  return fetch(url, { priority: 'low' } as RequestInit);
}
