/** One file on its way to the server, by tus: it goes on after a pause, a lost line, a reload, a restarted server. */
import { Upload } from 'tus-js-client';

import { ApiProblem, csrfToken, inOwnWords, problem, say } from '../api/client';
import { session } from '../auth/session.svelte';
import { bytes } from '../lib/bytes';
import type { Arriving, UploadPhase } from './arriving';
import { DirectUpload, type DirectOptions } from './direct';
import { indexFirst } from './indexFirst';

const CHUNK_BYTES = 4 * 1024 * 1024;
const RETRY_MS = [0, 1000, 3000, 5000, 10_000, 20_000, 30_000];

export class UploadState implements Arriving {
  phase = $state<UploadPhase>('idle');
  sentBytes = $state(0);
  totalBytes = $state(0);
  error = $state('');
  label = $state('');
  /** The server's id of the upload, once it has begun. */
  startedId = $state('');
  #upload: Upload | DirectUpload | undefined;
  #begun: symbol | undefined;

  /** @param settled told when the file has arrived, or could not. */
  constructor(private readonly settled: () => void = () => undefined) {}

  get percent(): number {
    return this.totalBytes ? (100 * this.sentBytes) / this.totalBytes : 0;
  }

  /** The server's id of the upload, once it is whole. */
  get id(): string {
    return new URL(this.#upload?.url ?? '', location.href).pathname.split('/').pop() ?? '';
  }

  get knownIds(): string[] {
    return this.startedId ? [this.startedId] : [];
  }

  get source(): { upload_id: string } {
    return { upload_id: this.id };
  }

  /** Begin, or go on with an upload of the same file that an earlier page began. */
  async start(file: File): Promise<void> {
    const begun = (this.#begun = Symbol());
    this.phase = 'sending';
    this.label = `${file.name} · ${bytes(file.size)}`;
    this.totalBytes = file.size;
    this.sentBytes = 0;
    this.error = '';
    const told: Told = {
      onProgress: (reached) => {
        this.sentBytes = reached;
        this.startedId = this.id;
      },
      onSuccess: () => {
        this.sentBytes = this.totalBytes;
        this.startedId = this.id;
        this.phase = 'done';
        this.settled();
      },
      onError: (error) => {
        void explain(error).then((words) => {
          this.error = words;
          this.phase = 'failed';
          this.settled();
        });
      },
    };
    const upload = session.instance?.has_direct_uploads
      ? new DirectUpload(file, told)
      : await tusUpload(file, told);
    if (this.#begun !== begun) return; // cancelled, or another file was chosen
    this.#upload = upload;
    if (this.phase === 'sending') this.resume();
  }

  pause(): void {
    this.phase = 'paused';
    void this.#upload?.abort();
  }

  resume(): void {
    this.phase = 'sending';
    this.error = '';
    this.#upload?.start();
  }

  /** Stop and have the server forget what came. */
  async cancel(): Promise<void> {
    const upload = this.#upload;
    this.#upload = this.#begun = undefined;
    this.phase = 'idle';
    this.sentBytes = 0;
    this.startedId = '';
    await upload?.abort(true).catch(() => undefined); // the server forgets unfinished uploads by itself
  }
}

type Told = Required<Pick<DirectOptions, 'onProgress' | 'onSuccess' | 'onError'>>;

/** An upload by tus, which goes on with what an earlier page began. */
async function tusUpload(file: File, told: Told): Promise<Upload> {
  const sent = file.type.startsWith('image/') ? file : await indexFirst(file).catch(() => file);
  const upload = new Upload(sent, {
    ...told,
    endpoint: '/api/v1/uploads',
    chunkSize: CHUNK_BYTES,
    retryDelays: RETRY_MS,
    metadata: { filename: file.name, filetype: file.type },
    removeFingerprintOnSuccess: true,
    fingerprint: (_, { endpoint }) => Promise.resolve(fingerprint(file, sent !== file, endpoint ?? '')),
    onBeforeRequest: (request) => request.setHeader('X-CSRFToken', csrfToken()),
  });
  const [previous] = await upload.findPreviousUploads();
  if (previous) upload.resumeFromPreviousUpload(previous);
  return upload;
}

/** By what an upload that an earlier page began is known again: the same file, sent in the same order. */
function fingerprint({ name, type, size, lastModified }: File, isMoved: boolean, endpoint: string): string {
  return [isMoved ? 'index-first' : 'tus-br', name, type, size, lastModified, endpoint].join('-');
}

interface Refused extends Error {
  originalResponse?: { getBody(): string } | null;
}

/** The server's own sentence when it gave one. */
async function explain(error: Refused): Promise<string> {
  if (error instanceof ApiProblem && error.status) return say(error);
  const body = error.originalResponse?.getBody() ?? '';
  if (body.startsWith('{')) {
    const told = JSON.parse(body) as { detail?: string; title?: string };
    if (told.detail || told.title) return say(await inOwnWords(problem(0, told)));
  }
  return body || !error.originalResponse
    ? 'The connection was lost. Your upload goes on where it stopped.'
    : say(error);
}
