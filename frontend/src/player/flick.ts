/** More than two activations within a second are a flick: nothing loads until the finger rests. */
const FLICK_MS = 1000;
const FLICK_COUNT = 2;
/** How long it has to rest. */
export const REST_MS = 150;

export class Flick {
  #recent: number[] = [];

  /** Another activation; whether it is part of a flick. */
  add(now: number): boolean {
    this.#recent = [...this.#recent.filter((at) => now - at < FLICK_MS), now];
    return this.#recent.length > FLICK_COUNT;
  }
}
