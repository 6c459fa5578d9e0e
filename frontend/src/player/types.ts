/** What the player needs of a clip; the API's Video fits. */
export interface Rendition {
  readonly name: string;
  readonly url: string;
  readonly width: number;
  readonly height: number;
  /** Bits per second of the whole file. */
  readonly bitrate: number;
  readonly bytes: number;
}

export interface Clip {
  readonly id: string;
  readonly renditions: readonly Rendition[];
  readonly poster_small_url: string | null;
  readonly duration_ms: number;
  readonly has_audio: boolean;
  /** Pixels as shown. */
  readonly width: number;
  readonly height: number;
}

/** Shapes up to this wide fill the 9:16 box; wider ones are shown whole. */
const WIDEST_FILL = (9 / 16) * 1.15;

export function isWhole(clip: Pick<Clip, 'width' | 'height'>): boolean {
  return clip.width > clip.height * WIDEST_FILL;
}
