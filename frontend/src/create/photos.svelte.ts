/** Photos on their way, or there already: sent a few at a time, put in order, taken out, all before the post is made. */
import { bytes } from '../lib/bytes';
import type { Arriving, UploadPhase } from './arriving';
import type { DraftOut } from './draft.svelte';
import { UploadState } from './upload.svelte';

export const MOST_PHOTOS = 35;
const AT_ONCE = 2;

type Sending = Pick<
  UploadState,
  | 'phase'
  | 'sentBytes'
  | 'totalBytes'
  | 'error'
  | 'id'
  | 'startedId'
  | 'start'
  | 'pause'
  | 'resume'
  | 'cancel'
>;

export interface Photo {
  readonly name: string;
  readonly length: number;
  /** Of the file itself, for a look at it. */
  readonly url: string;
  readonly upload: Sending;
  /** Null: the server has it. */
  readonly file: File | null;
}

/** What there is to say of a photo that the server has; it goes when its draft names it no more. */
function arrived(id: string, length: number): Sending {
  const nothing = (): void => undefined;
  const settled = { phase: 'done', error: '', sentBytes: length, totalBytes: length } as const;
  const start = (): Promise<void> => Promise.resolve();
  return { ...settled, id, startedId: id, start, cancel: start, pause: nothing, resume: nothing };
}

export class PhotoUploads implements Arriving {
  items = $state<Photo[]>([]);
  #isPaused = $state(false);

  constructor(
    private readonly begin: (settled: () => void) => Sending = (settled) => new UploadState(settled),
    kept: DraftOut['files'] = [],
  ) {
    this.items = kept.map(({ id, url, filename: name, length_bytes: length }) => {
      return { name, length, url: url ?? '', upload: arrived(id, length), file: null };
    });
  }

  get phase(): UploadPhase {
    if (this.items.length === 0) return 'idle';
    if (this.items.every(({ upload }) => upload.phase === 'done')) return 'done';
    if (this.items.some(({ upload }) => upload.phase === 'failed')) return 'failed';
    return this.#isPaused ? 'paused' : 'sending';
  }

  get percent(): number {
    const total = this.items.reduce((sum, { length }) => sum + length, 0);
    const sent = this.items.reduce((sum, { upload }) => sum + upload.sentBytes, 0);
    return total ? (100 * sent) / total : 0;
  }

  get error(): string {
    return this.items.find(({ upload }) => upload.error)?.upload.error ?? '';
  }

  get label(): string {
    const total = this.items.reduce((sum, { length }) => sum + length, 0);
    return `${this.items.length} ${this.items.length === 1 ? 'photo' : 'photos'} · ${bytes(total)}`;
  }

  get knownIds(): string[] {
    return this.items.map(({ upload }) => upload.startedId).filter(Boolean);
  }

  get source(): { photo_upload_ids: string[] } {
    return { photo_upload_ids: this.items.map(({ upload }) => upload.id) };
  }

  /** Add photos behind the others; what goes beyond the most is left out. Returns how many were left out. */
  add(files: readonly File[]): number {
    const taken = files.slice(0, MOST_PHOTOS - this.items.length);
    for (const file of taken) {
      const { name, size: length } = file;
      const upload = this.begin(() => this.#pump());
      this.items.push({ name, length, url: URL.createObjectURL(file), upload, file });
    }
    this.#pump();
    return files.length - taken.length;
  }

  /** Put a photo one place further on, or back. */
  move(from: number, by: -1 | 1): void {
    const photo = this.items[from];
    const other = this.items[from + by];
    if (!photo || !other) return;
    this.items[from] = other;
    this.items[from + by] = photo;
  }

  remove(index: number): void {
    const [photo] = this.items.splice(index, 1);
    if (!photo) return;
    URL.revokeObjectURL(photo.url);
    void photo.upload.cancel();
    this.#pump();
  }

  pause(): void {
    this.#isPaused = true;
    for (const { upload } of this.items) if (upload.phase === 'sending') upload.pause();
  }

  resume(): void {
    this.#isPaused = false;
    for (const { upload } of this.items) {
      if (upload.phase === 'paused' || upload.phase === 'failed') upload.resume();
    }
    this.#pump();
  }

  async cancel(): Promise<void> {
    const gone = this.items;
    this.items = [];
    for (const { url } of gone) URL.revokeObjectURL(url);
    await Promise.all(gone.map(({ upload }) => upload.cancel()));
  }

  /** Send the next ones, a few at a time. */
  #pump(): void {
    if (this.#isPaused) return;
    const sending = this.items.filter(({ upload }) => upload.phase === 'sending').length;
    const idle = this.items.filter(({ upload }) => upload.phase === 'idle');
    for (const { upload, file } of idle.slice(0, Math.max(0, AT_ONCE - sending)))
      if (file) void upload.start(file);
  }
}
