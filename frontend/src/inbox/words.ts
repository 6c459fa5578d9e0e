/** What a notice tells, in one sentence. Names stand between U+2068 and U+2069: apart from what is around them, and bold. */
import { phrase } from '../lib/words';
import type { Notice } from './groups';
import { who } from './people';

type ByNobody = 'video_ready' | 'video_out' | 'video_failed' | 'sound_muted' | 'security';

const IS: Readonly<Record<ByNobody, (notice: Notice) => string>> = {
  video_ready: () => 'Your video is out.',
  video_out: () => 'Your video went out at the time you set.',
  video_failed: () => 'Your video could not be made. See why.',
  sound_muted: () => 'The sound of your video was muted. See why.',
  security: happened,
};
const DID: Readonly<Record<Exclude<Notice['kind'], ByNobody>, (names: string, isSaid: boolean) => string>> = {
  like: (names) => phrase(`${names} liked your video.`),
  comment_like: (names) => phrase(`${names} liked your comment.`),
  comment: (names) => phrase(`${names} commented on your video.`),
  reply: (names) => phrase(`${names} answered your comment.`),
  mention: (names, isSaid) =>
    isSaid ? phrase(`${names} mentioned you in a comment.`) : phrase(`${names} mentioned you in a video.`),
  reposted: (names) => phrase(`${names} reposted your video.`),
  follow: (names) => phrase(`${names} started following you.`),
  follow_request: (names) => phrase(`${names} asked to follow you.`),
  request_accepted: (names) => phrase(`${names} accepted your request to follow.`),
  sound_used: (names) => phrase(`${names} used your sound in a video.`),
};

export function words(notice: Notice): string {
  const { kind } = notice;
  return kind in IS
    ? IS[kind as ByNobody](notice)
    : DID[kind as keyof typeof DID](who(notice), notice.text !== '');
}

/** A sentence in parts: each second one is a name. */
export function parts(sentence: string): string[] {
  return sentence.split(/\u2068([^\u2069]*)\u2069/);
}

function happened({ event, browser }: Notice): string {
  switch (event) {
    case 'signed_in':
      return browser ? `New sign-in to your account with ${browser}.` : 'New sign-in to your account.';
    case 'password_changed':
      return 'Your password was changed.';
    case 'email_changed':
      return 'Your e-mail address was changed.';
    case 'factor_added':
      return 'A second step or passkey was added to your account.';
    case 'factor_removed':
      return 'A second step or passkey was removed from your account.';
    default:
      return 'New recovery codes were made for your account.';
  }
}
