/** One file on its way to the instance's bucket, part by part, by addresses that the server signs. Like tus-js-client's. */
import { client, data, OFFLINE, type Schemas } from '../api/client';
import { load, save } from '../lib/storage';

type Told = Schemas['DirectUploadOut'];
type Part = Schemas['PartWantedOut'];

const AT_ONCE = 3;
const RETRY_MS = [0, 1000, 3000, 5000, 10_000, 20_000, 30_000];

export interface DirectOptions {
  onProgress: (sent: number) => void;
  onSuccess: () => void;
  onError: (error: Error) => void;
  /** Sends one part; another in tests. */
  put?: (part: Part, body: Blob, sent: (bytes: number) => void, signal: AbortSignal) => Promise<void>;
  retryMs?: readonly number[];
}

export class DirectUpload {
  #id: string | undefined;
  #stop: AbortController | undefined;
  readonly #put: NonNullable<DirectOptions['put']>;

  constructor(
    private readonly file: File,
    private readonly options: DirectOptions,
  ) {
    this.#put = options.put ?? putPart;
  }

  /** Ends in the server's id of the upload, as the address of a tus upload does. */
  get url(): string {
    return `/direct-uploads/${this.#id ?? ''}`;
  }

  /** Begin, or go on: after a pause, and after a reload with the same file. */
  start(): void {
    const stop = (this.#stop = new AbortController());
    this.#run(stop.signal).then(
      () => {
        if (!stop.signal.aborted) this.options.onSuccess();
      },
      (error: unknown) => {
        if (!stop.signal.aborted) this.options.onError(error instanceof Error ? error : OFFLINE);
      },
    );
  }

  /** Stop for now, or for good. */
  async abort(forget = false): Promise<void> {
    this.#stop?.abort();
    if (!forget || !this.#id) return;
    save(this.#memory, null);
    await data(
      client.DELETE('/api/v1/direct-uploads/{upload_id}', { params: { path: { upload_id: this.#id } } }),
    );
  }

  /** By what a page after a reload knows its unfinished upload again. */
  get #memory(): string {
    const { name, size, type, lastModified } = this.file;
    return `direct:${[name, type, size, lastModified].join('-')}`;
  }

  async #run(signal: AbortSignal): Promise<void> {
    const waits = this.options.retryMs ?? RETRY_MS;
    for (let failures = 0; !signal.aborted;) {
      const before = this.#arrived;
      try {
        if (await this.#round(signal)) return;
        failures = 0;
      } catch (error) {
        if (this.#arrived > before) failures = 0;
        const wait = waits[failures++];
        if (wait === undefined || isFinal(error)) throw error;
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
  }

  #arrived = 0;

  /** Ask what is missing and send it; whether the file is whole. */
  async #round(signal: AbortSignal): Promise<boolean> {
    const told = await this.#told();
    this.#arrived = told.arrived_bytes;
    this.options.onProgress(told.arrived_bytes);
    if (told.missing.length > 0) {
      await this.#send(told, signal);
      return false;
    }
    if (!told.is_finished) await this.#finish();
    save(this.#memory, null);
    return true;
  }

  async #told(): Promise<Told> {
    this.#id ??= load(this.#memory) ?? undefined;
    if (this.#id) {
      try {
        return await data(
          client.GET('/api/v1/direct-uploads/{upload_id}', { params: { path: { upload_id: this.#id } } }),
        );
      } catch (error) {
        if (!isGone(error)) throw error;
      }
    }
    const body = { length_bytes: this.file.size, filename: this.file.name };
    const made = await data(client.POST('/api/v1/direct-uploads', { body }));
    this.#id = made.id;
    save(this.#memory, made.id);
    return made;
  }

  async #finish(): Promise<void> {
    const path = { upload_id: this.#id ?? '' };
    await data(client.POST('/api/v1/direct-uploads/{upload_id}/finish', { params: { path } }));
  }

  /** Send the parts that are named, a few at a time. */
  async #send(told: Told, signal: AbortSignal): Promise<void> {
    const waiting = [...told.missing];
    const sent = new Map<number, number>();
    const pump = async (): Promise<void> => {
      for (let part = waiting.shift(); part && !signal.aborted; part = waiting.shift()) {
        const { number } = part;
        const start = (number - 1) * told.part_bytes;
        await this.#put(
          part,
          this.file.slice(start, start + part.bytes),
          (bytes) => {
            sent.set(number, bytes);
            this.options.onProgress(
              told.arrived_bytes + [...sent.values()].reduce((sum, one) => sum + one, 0),
            );
          },
          signal,
        );
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, pump));
  }
}

/** Whether the server knows nothing of an upload any more. */
function isGone(error: unknown): boolean {
  return hasStatus(error) && [404, 410].includes(error.status);
}

/** Whether trying again cannot help: the server said no, and not because it was busy. */
function isFinal(error: unknown): boolean {
  return (
    hasStatus(error) &&
    error.status >= 400 &&
    error.status < 500 &&
    ![404, 409, 410, 423, 429].includes(error.status)
  );
}

function hasStatus(error: unknown): error is Error & { status: number } {
  return error instanceof Error && 'status' in error && typeof error.status === 'number';
}

/** XMLHttpRequest, since fetch does not tell how much it has sent. */
function putPart(part: Part, body: Blob, sent: (bytes: number) => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', part.url);
    request.upload.onprogress = (event) => sent(event.loaded);
    request.onload = () => {
      if (request.status < 300) resolve();
      else reject(new Error(`The store of this instance answered ${String(request.status)}.`));
    };
    request.onerror = () => reject(OFFLINE);
    request.onabort = () => reject(OFFLINE);
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(body);
  });
}
