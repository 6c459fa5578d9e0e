/** What a browser can tell about a file before a byte of it is sent; the server has the last word. */
import type { Instance } from '../api/client';
import { bytes } from '../lib/bytes';
import { clock } from '../lib/format';
import { phrase } from '../lib/words';

type Limits = Pick<Instance, 'max_upload_bytes' | 'max_video_seconds'>;

/** The server measures more finely than some containers say. */
const GRACE_SECONDS = 1;
const PATIENCE_MS = 3000;

/** What an iPhone is asked for: naming HEIC would keep it from handing over JPEG. HEIC may be dropped, and is read. */
export const PHOTO_TYPES = 'image/jpeg,image/png,image/webp,image/avif';
const PHOTO_NAMES = /\.(jpe?g|png|webp|avif|heic|heif)$/i;

export function isPhoto(file: Pick<File, 'type' | 'name'>): boolean {
  return file.type.startsWith('image/') || (file.type === '' && PHOTO_NAMES.test(file.name));
}

/** Why this photo cannot be taken, in a sentence; nothing when it can. */
export function photoRefusal(file: Pick<File, 'size' | 'name' | 'type'>, limits: Limits | null): string {
  if (file.size === 0) return phrase(`${file.name} is empty.`);
  if (limits && file.size > limits.max_upload_bytes)
    return phrase(
      `${file.name} is larger than ${bytes(limits.max_upload_bytes)}, the most this instance takes.`,
    );
  if (/gif|svg|tiff/.test(file.type)) return phrase(`${file.name} is not a JPEG, PNG, WebP or HEIC photo.`);
  return '';
}

/** Why this file cannot be taken, in a sentence; nothing when it can. */
export function refusal(file: Pick<File, 'size' | 'type'>, limits: Limits | null): string {
  if (file.size === 0) return 'This file is empty.';
  if (limits && file.size > limits.max_upload_bytes)
    return `This file is larger than ${bytes(limits.max_upload_bytes)}, the most this instance takes.`;
  if (file.type && !file.type.startsWith('video/'))
    return 'This is not a video. Choose an MP4, MOV or WebM file.';
  return '';
}

/** Why a video of this length cannot be taken; a length nobody knows is left to the server. */
export function lengthRefusal(seconds: number, limits: Limits | null): string {
  if (!limits || !Number.isFinite(seconds) || seconds <= limits.max_video_seconds + GRACE_SECONDS) return '';
  return `This video lasts ${clock(seconds)}. This instance takes up to ${clock(limits.max_video_seconds)}.`;
}

/** How long the video lasts, in seconds; NaN when this browser cannot tell. */
export function lengthOf(file: File): Promise<number> {
  const url = URL.createObjectURL(file);
  const video = document.createElement('video');
  return new Promise<number>((resolve) => {
    video.onloadedmetadata = () => resolve(video.duration);
    video.onerror = () => resolve(NaN);
    setTimeout(() => resolve(NaN), PATIENCE_MS);
    video.preload = 'metadata';
    video.src = url;
  }).finally(() => {
    video.removeAttribute('src');
    video.load(); // ends what it still reads: the address is about to go
    URL.revokeObjectURL(url);
  });
}
