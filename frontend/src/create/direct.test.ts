import { beforeEach, describe, expect, it, vi } from 'vitest';

import { client } from '../api/client';
import { DirectUpload, type DirectOptions } from './direct';

const PART = 4;

interface Answer {
  data?: unknown;
  error?: unknown;
  response: Response;
}

/** A server that keeps parts, as ours and the bucket do together. */
class Server {
  parts = new Map<number, string>();
  made = 0;
  isFinished = false;
  isGone = false;
  refuses = 0;
  constructor(readonly length: number) {}

  answer(method: string, path: string): Answer {
    if (this.refuses) return this.#problem(this.refuses);
    if (method === 'POST' && path.endsWith('/direct-uploads')) {
      this.made += 1;
      this.isGone = false;
      return this.#told(201);
    }
    if (this.isGone) return this.#problem(410);
    if (method === 'DELETE') {
      this.isGone = true;
      return { response: new Response(null, { status: 204 }) };
    }
    if (path.endsWith('/finish')) this.isFinished = true;
    return this.#told(200);
  }

  #problem(status: number): Answer {
    return { error: { code: 'no', detail: 'Not like this.' }, response: new Response(null, { status }) };
  }

  #told(status: number): Answer {
    const numbers = Array.from({ length: Math.ceil(this.length / PART) }, (_, index) => index + 1);
    const missing = numbers.filter((number) => !this.parts.has(number)).slice(0, 2);
    return {
      data: {
        id: 'u1',
        length_bytes: this.length,
        part_bytes: PART,
        arrived_bytes: [...this.parts.values()].join('').length,
        missing: missing.map((number) => ({
          number,
          bytes: Math.min(PART, this.length - (number - 1) * PART),
          url: `https://store.example/${String(number)}`,
        })),
        is_finished: this.isFinished,
      },
      response: new Response(null, { status }),
    };
  }
}

let server: Server;
const file = new File(['abcdefghij'], 'a.mp4', { lastModified: 1 });

function sendTo(broken: Set<number> = new Set()): NonNullable<DirectOptions['put']> {
  return async (part, body, sent) => {
    if (broken.delete(part.number)) throw new Error('The line broke.');
    server.parts.set(part.number, await body.text());
    sent(body.size);
  };
}

function uploaded(options: Partial<DirectOptions> = {}): Promise<{ upload: DirectUpload; sent: number[] }> {
  return new Promise((resolve, reject) => {
    const sent: number[] = [];
    const upload = new DirectUpload(file, {
      onProgress: (bytes) => sent.push(bytes),
      onSuccess: () => resolve({ upload, sent }),
      onError: reject,
      put: sendTo(),
      retryMs: [0, 0],
      ...options,
    });
    upload.start();
  });
}

beforeEach(() => {
  server = new Server(file.size);
  localStorage.clear();
  for (const method of ['GET', 'POST', 'DELETE'] as const) {
    vi.spyOn(client, method).mockImplementation(((path: string) =>
      Promise.resolve(server.answer(method, path))) as never);
  }
});

describe('DirectUpload', () => {
  it('sends every part once, tells how far it is, and finishes', async () => {
    const { upload, sent } = await uploaded();
    expect([...server.parts.values()].join('')).toBe('abcdefghij');
    expect(server.isFinished).toBe(true);
    expect(upload.url.split('/').pop()).toBe('u1');
    expect(sent.at(-1)).toBe(10);
  });

  it('goes on after a broken line, with what is missing only', async () => {
    await uploaded({ put: sendTo(new Set([2, 3])) });
    expect([...server.parts.keys()].sort()).toEqual([1, 2, 3]);
    expect(server.made).toBe(1);
  });

  it('goes on after a reload with the same file', async () => {
    const first = new DirectUpload(file, {
      onProgress: () => undefined,
      onSuccess: () => undefined,
      onError: () => undefined,
      put: async (part, body) => {
        await sendTo()(part, body, () => undefined, new AbortController().signal);
        await first.abort();
      },
    });
    first.start();
    await vi.waitFor(() => expect(server.parts.size).toBeGreaterThan(0));
    await uploaded();
    expect(server.made).toBe(1);
    expect(server.parts.size).toBe(3);
  });

  it('starts again when the server has forgotten it', async () => {
    localStorage.setItem('revue.direct:a.mp4--10-1', 'old');
    server.isGone = true;
    await uploaded();
    expect(server.made).toBe(1);
  });

  it('gives up with the server’s own sentence when it says no', async () => {
    server.refuses = 413;
    await expect(uploaded()).rejects.toThrow('Not like this.');
  });

  it('gives up when the line stays broken', async () => {
    const put = (): Promise<void> => Promise.reject(new Error('The line broke.'));
    await expect(uploaded({ put })).rejects.toThrow('The line broke.');
  });

  it('has the server forget what is cancelled', async () => {
    const { upload } = await uploaded();
    await upload.abort(true);
    expect(server.isGone).toBe(true);
  });
});
