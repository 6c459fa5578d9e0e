/** A video that the server has already: that of a draft that is opened again, perhaps on another device. */
import { bytes } from '../lib/bytes';
import type { Arriving, UploadPhase } from './arriving';
import type { DraftOut } from './draft.svelte';

export class Arrived implements Arriving {
  readonly phase: UploadPhase = 'done';
  readonly percent = 100;
  readonly error = '';

  constructor(private readonly file: DraftOut['files'][number]) {}

  get label(): string {
    return `${this.file.filename} · ${bytes(this.file.length_bytes)}`;
  }

  get knownIds(): string[] {
    return [this.file.id];
  }

  get source(): { upload_id: string } {
    return { upload_id: this.file.id };
  }

  pause(): void {
    return; // nothing is on its way
  }

  resume(): void {
    return;
  }

  /** The file goes with its draft. */
  cancel(): Promise<void> {
    return Promise.resolve();
  }
}
