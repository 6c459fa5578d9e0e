/** Why a video could not be made, in the language of the page: the server says it in English. */
import type { Schemas } from '../api/client';
import { language } from '../lib/words';

type Failure = NonNullable<Schemas['VideoStatusOut']['failure']>;

/** By its code; the numbers that the server names are those of its sentence, in their order. */
const WORDS: Readonly<Record<string, (first: string) => string>> = {
  not_a_video: () =>
    'This file is not a video we can read. Export it as MP4, MOV or WebM and upload it again.',
  no_picture: () => 'This file has no moving picture, only sound or nothing at all.',
  too_long: (seconds) =>
    `This video is longer than ${seconds} seconds, the longest this instance takes. Trim it first.`,
  too_many_pixels: (millions) =>
    `This video has more pixels than the ${millions} million this instance takes. Export it smaller.`,
  too_many_frames: (pictures) =>
    `This video has more than ${pictures} pictures a second. Export it with 60 or fewer.`,
  codec_refused: () => 'This video uses an encoding we do not read. Export it as H.264, HEVC, VP9 or AV1.',
  damaged: () => 'This file is damaged or incomplete. Upload the original once more.',
  not_a_photo: (number) =>
    `Photo ${number} is not a picture we can read. Save it as JPEG, PNG, WebP or HEIC.`,
  moving_photo: (number) => `Photo ${number} moves. Post it as a video, or save a single picture of it.`,
  photo_too_large: (number) => `Photo ${number} has more pixels than this instance takes. Save it smaller.`,
  photo_damaged: (number) => `Photo ${number} is damaged or incomplete. Upload it once more.`,
  took_too_long: () =>
    'Preparing this video took too long and was stopped. Try again, or upload a smaller version.',
  interrupted: () => 'Preparing this video was stopped again and again on our side. Try again later.',
  disk_full: () => 'This instance had no room left to prepare this video. Try again later.',
  storage_read_only: () =>
    'This instance could not write its files. Nothing of yours is lost. Try again later.',
  storage_away: () => 'The files of this instance could not be reached for a long time. Try again later.',
  original_lost: () => 'The uploaded file is no longer here. Upload it again.',
  encoder_failed: () => 'Preparing this video failed on our side. Try again.',
};

export function failureWords({ code, reason }: Failure): string {
  const say = language === 'en' ? undefined : WORDS[code];
  return say?.(/[\d.]*\d/.exec(reason)?.[0] ?? '') ?? reason;
}
