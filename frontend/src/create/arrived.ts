/** Files that the server has already: those of a draft that is opened again, perhaps on another device. */
import { bytes } from '../lib/bytes';
import type { Arriving, UploadPhase } from './arriving';
import type { DraftOut } from './draft.svelte';

export class Arrived implements Arriving {
  readonly phase: UploadPhase = 'done';
  readonly percent = 100;
  readonly error = '';

  constructor(
    readonly files: DraftOut['files'],
    private readonly isPhotos: boolean,
  ) {}

  get label(): string {
    const size = bytes(this.files.reduce((sum, file) => sum + file.length_bytes, 0));
    if (!this.isPhotos) return `${this.files[0]?.filename ?? ''} · ${size}`;
    return `${this.files.length} ${this.files.length === 1 ? 'photo' : 'photos'} · ${size}`;
  }

  get knownIds(): string[] {
    return this.files.map(({ id }) => id);
  }

  get source(): Arriving['source'] {
    return this.isPhotos ? { photo_upload_ids: this.knownIds } : { upload_id: this.files[0]?.id ?? '' };
  }

  pause(): void {
    return; // nothing is on its way
  }

  resume(): void {
    return;
  }

  /** The files go with their draft. */
  cancel(): Promise<void> {
    return Promise.resolve();
  }
}
