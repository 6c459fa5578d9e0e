/** The sound somebody wants under a video. It outlives the page it was chosen on: "Use this sound" leads to another. */
import type { Schemas } from '../api/client';

export type Sound = Schemas['SoundOut'];

/** A video needs something to hear: a start later than this before the end makes no sense. */
const LEAST_MS = 1000;

export class SoundChoice {
  sound = $state<Sound | null>(null);
  startMs = $state(0);
  soundPercent = $state(100);
  ownPercent = $state(0);

  choose(sound: Sound | null): void {
    this.sound = sound;
    this.startMs = 0;
    this.soundPercent = 100;
    this.ownPercent = 0;
  }

  /** The latest moment a video may begin at. */
  get latestMs(): number {
    return Math.max(0, (this.sound?.length_ms ?? 0) - LEAST_MS);
  }

  /** As the API takes it. */
  get body(): Schemas['SoundChoiceIn'] | null {
    if (!this.sound) return null;
    return {
      id: this.sound.id,
      start_ms: Math.min(this.startMs, this.latestMs),
      sound_percent: this.soundPercent,
      own_percent: this.ownPercent,
    };
  }
}

/** What was chosen for the next video. */
export const forNextVideo = new SoundChoice();
