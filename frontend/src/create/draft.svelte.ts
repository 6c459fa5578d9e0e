/** What is about to be posted, but for its bytes: words, audience, switches, cover, sound; kept as it changes. */
import { client, data, type Schemas } from '../api/client';
import { uuid7 } from '../lib/uuid';
import { forNextVideo } from '../sounds/choice.svelte';
import { ALL, allowsOf } from './allows';
import type { Arriving } from './arriving';
import { Keeper, type DraftBody } from './keeper';

export type DraftOut = Schemas['DraftOut'];

export class DraftState {
  caption = $state('');
  visibility = $state<Schemas['Visibility']>('everyone');
  allows = $state.raw(ALL);
  posterAtMs = $state<number | null>(null);
  /** When it goes out, in UTC; empty: as soon as it plays. */
  publishAt = $state('');
  isUnsaved = $state(false);
  /** Why it is not on the server. */
  error = $state('');
  /** What the server has of its files, of one that is opened again. */
  readonly files: DraftOut['files'];
  /** What it said was sealed with another secret key, and stays so until something else is written. */
  readonly isCaptionLocked: boolean;
  readonly #isPhotos: boolean;
  readonly #keeper: Keeper;
  #isAsServed: boolean;

  constructor(handle: string, from?: DraftOut, isPhotos = false) {
    this.files = from?.files ?? [];
    this.isCaptionLocked = from?.is_caption_locked ?? false;
    this.#isPhotos = from?.is_photos ?? isPhotos;
    this.#isAsServed = from !== undefined;
    this.#keeper = new Keeper(from?.id ?? uuid7(), handle, (told) => Object.assign(this, told));
    if (!from) return;
    this.caption = from.caption;
    this.visibility = from.visibility;
    this.allows = allowsOf(from);
    this.posterAtMs = from.poster_at_ms;
    this.publishAt = from.publish_at ?? '';
  }

  get id(): string {
    return this.#keeper.id;
  }

  get isPhotos(): boolean {
    return this.#isPhotos;
  }

  /** As it is posted. */
  get words(): Pick<DraftBody, 'caption' | 'visibility' | 'poster_at_ms' | 'publish_at' | 'sound'> {
    const { caption, visibility, posterAtMs, publishAt } = this;
    const sound = forNextVideo.body;
    return { caption, visibility, poster_at_ms: posterAtMs, publish_at: publishAt || null, sound };
  }

  /** As it is kept; to be asked whenever something of it may have changed. */
  body(upload: Arriving): DraftBody {
    const known = upload.knownIds;
    return {
      ...this.words,
      ...this.allows,
      is_photos: this.#isPhotos,
      upload_ids: known.length > 0 ? [...known] : this.files.map(({ id }) => id),
    };
  }

  keep(body: DraftBody): void {
    if (this.#isAsServed) this.#keeper.has(body);
    this.#isAsServed = false;
    this.#keeper.keep(body);
  }

  flush(isLeaving = false): Promise<void> {
    return this.#keeper.flush(isLeaving);
  }

  /** Before it becomes a video: nothing of it is on its way to the server, nor goes there. */
  rest(): Promise<void> {
    return this.#keeper.rest();
  }

  /** It has become a video, or is to be deleted: nothing of it is kept any more. */
  end(): void {
    this.#keeper.end();
  }
}

export async function deleteDraft(id: string): Promise<void> {
  await data(client.DELETE('/api/v1/me/drafts/{draft_id}', { params: { path: { draft_id: id } } }));
}

/** Choose for the next video the sound that a draft has; one that is gone since is left out. */
export async function chooseSoundOf(draft: DraftOut): Promise<void> {
  forNextVideo.choose(null);
  const { sound } = draft;
  if (!sound) return;
  const options = { params: { path: { sound_id: sound.id } } };
  const found = await data(client.GET('/api/v1/sounds/{sound_id}', options)).catch(() => null);
  if (!found) return;
  forNextVideo.choose(found);
  forNextVideo.startMs = sound.start_ms ?? 0;
  forNextVideo.soundPercent = sound.sound_percent ?? 100;
  forNextVideo.ownPercent = sound.own_percent ?? 0;
}
