/** What this browser plays well beside H.264, which everything plays; asked once for each kind of file. */
import type { Rendition } from './types';

/** Pictures a second, as nearly all clips have; the answer is for a kind of file, not for one. */
const FRAME_RATE = 30;

type Asked = Pick<Rendition, 'codec' | 'mime' | 'width' | 'height' | 'bitrate'>;

const answers = new Map<string, boolean>();

function kindOf({ mime, width, height }: Asked): string {
  return `${mime} ${width}x${height}`;
}

/** Whether a rendition plays smoothly here. Until the browser has answered, only H.264 does. */
export function playsWell(rendition: Asked): boolean {
  if (rendition.codec === 'h264') return true;
  const kind = kindOf(rendition);
  const known = answers.get(kind);
  if (known === undefined) {
    answers.set(kind, false);
    void ask(rendition).then((answer) => answers.set(kind, answer));
  }
  return known ?? false;
}

/** Never choose this kind of file again; false where there would be nothing else to choose. */
export function distrust(rendition: Asked): boolean {
  if (rendition.codec === 'h264') return false;
  answers.set(kindOf(rendition), false);
  return true;
}

async function ask({ mime, width, height, bitrate }: Asked): Promise<boolean> {
  const { mediaCapabilities } = navigator as { mediaCapabilities?: MediaCapabilities };
  if (!mediaCapabilities) return document.createElement('video').canPlayType(mime) === 'probably';
  const video = { contentType: mime, width, height, bitrate, framerate: FRAME_RATE };
  try {
    const can = await mediaCapabilities.decodingInfo({ type: 'file', video });
    // In the hand, a decoder in software costs battery and warmth: only one in hardware will do.
    return can.supported && can.smooth && (can.powerEfficient || !matchMedia('(pointer: coarse)').matches);
  } catch {
    return false; // a browser that does not understand the question
  }
}
