import { beforeEach, describe, expect, it, vi } from 'vitest';

import { MOST_PHOTOS, PhotoUploads } from './photos.svelte';

class FakeUpload {
  phase: 'idle' | 'sending' | 'paused' | 'done' | 'failed' = 'idle';
  sentBytes = 0;
  totalBytes = 0;
  error = '';
  id = '';
  startedId = '';
  constructor(private readonly settled: () => void) {}
  start(file: File): Promise<void> {
    this.id = this.startedId = file.name;
    this.totalBytes = file.size;
    this.phase = 'sending';
    return Promise.resolve();
  }
  pause(): void {
    this.phase = 'paused';
  }
  resume(): void {
    this.phase = 'sending';
  }
  cancel(): Promise<void> {
    this.phase = 'idle';
    return Promise.resolve();
  }
  end(phase: 'done' | 'failed'): void {
    this.phase = phase;
    this.sentBytes = this.totalBytes;
    this.error = phase === 'failed' ? 'The line broke.' : '';
    this.settled();
  }
}

function files(count: number): File[] {
  return Array.from({ length: count }, (_, n) => new File(['12345'], `${n}.jpg`, { type: 'image/jpeg' }));
}

describe('PhotoUploads', () => {
  let made: FakeUpload[];
  let photos: PhotoUploads;

  beforeEach(() => {
    vi.stubGlobal('URL', { createObjectURL: () => 'blob:x', revokeObjectURL: () => undefined });
    made = [];
    photos = new PhotoUploads((settled) => {
      const upload = new FakeUpload(settled);
      made.push(upload);
      return upload;
    });
  });

  const names = (): string[] => photos.items.map(({ name }) => name);
  const sending = (): number => made.filter(({ phase }) => phase === 'sending').length;

  it('sends two at a time until all have arrived', () => {
    expect(photos.phase).toBe('idle');
    photos.add(files(3));
    expect([sending(), photos.phase, photos.percent]).toEqual([2, 'sending', 0]);
    made[0]?.end('done');
    expect(sending()).toBe(2);
    made[1]?.end('done');
    made[2]?.end('done');
    expect([photos.phase, photos.percent, photos.label]).toEqual(['done', 100, '3 photos · 15 byte']);
    expect(photos.source).toEqual({ photo_upload_ids: ['0.jpg', '1.jpg', '2.jpg'] });
  });

  it('is posted in the order that was chosen, whatever arrived first', () => {
    photos.add(files(3));
    photos.move(0, 1);
    photos.move(0, -1);
    photos.move(2, 1);
    expect(names()).toEqual(['1.jpg', '0.jpg', '2.jpg']);
  });

  it('takes as many as a post has, and says how many it left out', () => {
    expect(photos.add(files(MOST_PHOTOS - 1))).toBe(0);
    expect(photos.add(files(3))).toBe(2);
    expect(photos.items).toHaveLength(MOST_PHOTOS);
  });

  it('gives the place of one that is taken out to the next', () => {
    photos.add(files(3));
    photos.remove(0);
    expect(names()).toEqual(['1.jpg', '2.jpg']);
    expect(made[2]?.phase).toBe('sending');
    photos.remove(7);
    expect(photos.items).toHaveLength(2);
  });

  it('waits while it is paused and goes on where it stopped', () => {
    photos.add(files(3));
    photos.pause();
    expect([sending(), photos.phase]).toEqual([0, 'paused']);
    photos.resume();
    expect([sending(), photos.phase]).toEqual([2, 'sending']);
  });

  it('tells what went wrong with one and tries that again', () => {
    photos.add(files(2));
    made[0]?.end('failed');
    expect([photos.phase, photos.error]).toEqual(['failed', 'The line broke.']);
    photos.resume();
    expect(photos.phase).toBe('sending');
  });

  it('goes on with what a draft has: in another order, without one, with more', () => {
    const kept = [1, 2, 3].map((n) => ({
      id: `up${n}`,
      filename: `${n}.png`,
      length_bytes: 7,
      url: `/files/${n}`,
    }));
    const opened = new PhotoUploads(
      (settled) => {
        const upload = new FakeUpload(settled);
        made.push(upload);
        return upload;
      },
      kept.map((one) => ({ ...one, is_finished: true, arrived_bytes: 7 })),
    );
    expect([opened.phase, opened.percent]).toEqual(['done', 100]);
    opened.move(2, -1);
    opened.remove(0);
    expect(opened.source).toEqual({ photo_upload_ids: ['up3', 'up2'] });
    opened.add(files(1));
    expect([opened.phase, sending()]).toEqual(['sending', 1]);
    made[0]?.end('done');
    expect(opened.source).toEqual({ photo_upload_ids: ['up3', 'up2', '0.jpg'] });
  });

  it('forgets everything when it is cancelled', async () => {
    photos.add(files(2));
    await photos.cancel();
    expect([photos.items.length, photos.phase, sending()]).toEqual([0, 'idle', 0]);
  });
});
