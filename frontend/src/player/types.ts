/** What the player needs of a clip; the API's Video fits. */
export interface Rendition {
  readonly name: string;
  readonly url: string;
  readonly width: number;
  readonly height: number;
  /** Bits per second of the whole file. */
  readonly bitrate: number;
  readonly bytes: number;
  readonly codec: 'h264' | 'av1';
  /** The whole type of the file, to ask the browser about. */
  readonly mime: string;
}

export interface Clip {
  readonly id: string;
  readonly renditions: readonly Rendition[];
  /** A master playlist, where there is one. */
  readonly hls_url: string | null;
  readonly poster_small_url: string | null;
  readonly duration_ms: number;
  readonly has_audio: boolean;
  /** Pixels as shown. */
  readonly width: number;
  readonly height: number;
}

/** What decides between renditions: line and screen, as few bytes as can be, the best there is, or a short edge in pixels. */
export type Quality = 'auto' | 'saver' | 'highest' | number;

/** How clips play, as the viewer has set it. */
export interface Manner {
  /** 1 is as recorded. */
  readonly rate: number;
  /** 0 to 1. */
  readonly volume: number;
  readonly quality: Quality;
  /** False: a clip stops at its end, and the pool tells. */
  readonly loops: boolean;
  /** A clip rests on its first frame until the viewer lets it play. */
  readonly waits: boolean;
  /** Clips ahead load only where the line is known to cost nothing by the byte. */
  readonly isThrifty: boolean;
}

export const PLAIN: Manner = {
  rate: 1,
  volume: 1,
  quality: 'auto',
  loops: true,
  waits: false,
  isThrifty: false,
};

/** Shapes up to this wide fill the 9:16 box; wider ones are shown whole. */
const WIDEST_FILL = (9 / 16) * 1.15;

export function isWhole(clip: Pick<Clip, 'width' | 'height'>): boolean {
  return clip.width > clip.height * WIDEST_FILL;
}

const HLS = 'application/vnd.apple.mpegurl';

/**
 * The playlist to play instead of a file: of a long clip, on the phones whose own player is at its best with one.
 * Others say that they play HLS, and begin four times later with it.
 */
export function streamOf(clip: Pick<Clip, 'hls_url'>, video: HTMLVideoElement): string | null {
  return clip.hls_url && 'ManagedMediaSource' in globalThis && video.canPlayType(HLS) ? clip.hls_url : null;
}
