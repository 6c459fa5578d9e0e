/** One sound at a time, heard by itself: on its page and in lists. */
import { emit } from '../lib/events';

export class Listening {
  /** The sound that plays, or none. */
  id = $state('');
  /** How far it is, 0 to 1. */
  at = $state(0);
  #audio: HTMLAudioElement | undefined;

  /** Play a sound from a moment of it, or stop it. */
  async toggle(sound: { readonly id: string; readonly url: string | null }, fromMs = 0): Promise<void> {
    const wasPlaying = this.id === sound.id;
    this.stop();
    if (wasPlaying || !sound.url) return;
    const audio = new Audio(sound.url);
    this.#audio = audio;
    this.id = sound.id;
    audio.currentTime = fromMs / 1000;
    audio.addEventListener('timeupdate', () => (this.at = audio.currentTime / (audio.duration || Infinity)));
    audio.addEventListener('ended', () => this.#is(audio) && this.stop());
    try {
      await audio.play();
    } catch {
      if (!this.#is(audio)) return; // stopped before it began
      this.stop();
      emit('toast', 'This sound would not play.');
    }
  }

  stop(): void {
    this.#audio?.pause();
    this.#audio?.removeAttribute('src');
    this.#audio = undefined;
    this.id = '';
    this.at = 0;
  }

  #is(audio: HTMLAudioElement): boolean {
    return this.#audio === audio;
  }
}
