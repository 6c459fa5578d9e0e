/** What the page of a new post needs of files on their way, be it one video or many photos. */
import type { Schemas } from '../api/client';

export type UploadPhase = 'idle' | 'sending' | 'paused' | 'done' | 'failed';
type Body = Schemas['NewVideo'];

export interface Arriving {
  readonly phase: UploadPhase;
  readonly percent: number;
  readonly error: string;
  /** The server's ids of what has begun to arrive, in their order. */
  readonly knownIds: readonly string[];
  /** What is on its way, in words. */
  readonly label: string;
  /** What a new post is made of, once everything has arrived. */
  readonly source: Pick<Body, 'upload_id'> | Pick<Body, 'photo_upload_ids'>;
  pause(): void;
  resume(): void;
  cancel(): Promise<void>;
}
