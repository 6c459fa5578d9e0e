/** One video with its controls, which can also be worked by the page around it. No framework: it stays under 5 kB. */

import { bestOf } from '../lib/tracks';

/** What the page around it hears. */
export interface Word {
  revue: 'ready' | 'play' | 'pause' | 'time' | 'ended' | 'sound' | 'error';
  video: string;
  seconds: number;
  duration: number;
  muted: boolean;
}

const STEP_S = 5;

export class EmbedPlayer {
  readonly #root: HTMLElement;
  readonly #tell: (word: Word) => void;
  readonly #video: HTMLVideoElement;
  readonly #bar: HTMLInputElement;
  readonly #sound: HTMLButtonElement | null;
  readonly #subtitles: HTMLButtonElement | null;
  readonly #track: TextTrack | undefined;
  /** Until somebody says whether subtitles show, they do while there is no sound. */
  #areWanted: boolean | undefined;
  /** Nothing loads before, subtitles neither. */
  #hasBegun = false;
  /** Nobody has asked for sound or silence yet: the first press of Play brings sound. */
  #isSoundOpen = true;
  #last = 0;

  constructor(root: HTMLElement, tell: (word: Word) => void) {
    this.#root = root;
    this.#tell = tell;
    this.#video = root.querySelector('video')!;
    this.#bar = root.querySelector('input')!;
    this.#sound = root.querySelector('.sound');
    this.#subtitles = root.querySelector('.subtitles');
    this.#track = bestOf(Array.from(this.#video.textTracks), navigator.languages);
    this.#video.controls = false;
    this.#video.muted = true;
    for (const part of root.querySelectorAll<HTMLElement>('.bar, .big')) part.hidden = false;
    this.#listen();
  }

  get duration(): number {
    const known = this.#video.duration;
    return Number.isFinite(known) ? known : Number(this.#video.dataset.durationMs) / 1000;
  }

  /** Plays, without sound where the browser allows none. */
  async play(): Promise<void> {
    const video = this.#video;
    try {
      await video.play();
    } catch (error) {
      // Anything else shows by itself: paused meanwhile, or an error of the file.
      if (!(error instanceof DOMException) || error.name !== 'NotAllowedError' || video.muted) return;
      video.muted = true;
      await this.play();
    }
  }

  seek(seconds: number): void {
    this.#last = Math.min(Math.max(0, seconds), this.duration);
    this.#video.currentTime = this.#last;
    this.#show();
  }

  mute(muted: boolean): void {
    this.#isSoundOpen = false;
    this.#video.muted = muted;
  }

  get #areShown(): boolean {
    return this.#areWanted ?? (this.#hasBegun && this.#video.muted);
  }

  #turnSubtitles(): void {
    this.#areWanted = !this.#areShown;
    this.#showSubtitles();
  }

  /** One message of the page around it; what is none of ours is passed over. */
  obey(data: unknown): void {
    if (typeof data !== 'object' || data === null) return;
    const { revue, seconds } = data as { revue?: unknown; seconds?: unknown };
    if (revue === 'play') void this.play();
    else if (revue === 'pause') this.#video.pause();
    else if (revue === 'mute' || revue === 'unmute') this.mute(revue === 'mute');
    else if (revue === 'seek' && typeof seconds === 'number' && Number.isFinite(seconds)) this.seek(seconds);
  }

  /** A key, wherever the focus is; buttons and the bar keep the keys that are theirs. */
  press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const target = event.target as Element;
    const isOnBar = target === this.#bar;
    if (event.key === 'k' || (event.key === ' ' && !target.closest('button, a'))) this.#toggle();
    else if (event.key === 'm' && this.#sound) this.mute(!this.#video.muted);
    else if (event.key === 's' && this.#track) this.#turnSubtitles();
    else if (event.key === 'ArrowLeft' && !isOnBar) this.seek(this.#video.currentTime - STEP_S);
    else if (event.key === 'ArrowRight' && !isOnBar) this.seek(this.#video.currentTime + STEP_S);
    else return;
    event.preventDefault();
  }

  say(revue: Word['revue']): void {
    const { currentTime, muted } = this.#video;
    this.#tell({
      revue,
      video: this.#root.dataset.video!,
      seconds: currentTime,
      duration: this.duration,
      muted,
    });
  }

  #toggle(): void {
    const video = this.#video;
    if (!video.paused) return video.pause();
    if (video.error) video.load();
    if (this.#isSoundOpen) this.mute(false);
    void this.play();
  }

  #listen(): void {
    const video = this.#video;
    for (const part of this.#root.querySelectorAll('video, .play, .big')) {
      part.addEventListener('click', () => this.#toggle());
    }
    this.#sound?.addEventListener('click', () => this.mute(!video.muted));
    this.#subtitles?.addEventListener('click', () => this.#turnSubtitles());
    this.#bar.addEventListener('input', () => this.seek(Number(this.#bar.value) * this.duration));
    video.addEventListener('play', () => this.#showState('play'));
    video.addEventListener('pause', () => this.#showState('pause'));
    video.addEventListener('error', () => this.#showState('error'));
    video.addEventListener('volumechange', () => this.#showSound());
    video.addEventListener('timeupdate', () => this.#pass());
  }

  /** Time passes. It loops, so that it is at its beginning again without a seek says that it came to its end. */
  #pass(): void {
    const now = this.#video.currentTime;
    if (now < this.#last) this.say('ended');
    this.#last = now;
    this.#show();
    this.say('time');
  }

  #show(): void {
    const part = this.#last / this.duration || 0;
    this.#bar.value = String(part);
    this.#bar.style.setProperty('--part', `${part * 100}%`);
    const whole = Math.round(this.duration);
    const words = [Math.floor(this.#last), whole].reduce<string>(
      (said, number) => said.replace('#', String(number)),
      this.#words('at'),
    );
    this.#bar.setAttribute('aria-valuetext', words);
  }

  /** The page brings what is said, in the language of whoever looks at it. */
  #words(name: 'play' | 'pause' | 'at' | 'failed'): string {
    return this.#root.dataset[name] ?? '';
  }

  #showState(word: 'play' | 'pause' | 'error'): void {
    const isPlaying = word === 'play';
    this.#hasBegun ||= isPlaying;
    this.#showSubtitles();
    this.#root.classList.toggle('playing', isPlaying);
    for (const button of this.#root.querySelectorAll('.play, .big')) {
      button.setAttribute('aria-label', this.#words(isPlaying ? 'pause' : 'play'));
    }
    const failed = this.#root.querySelector('.failed')!;
    failed.textContent = word === 'error' ? this.#words('failed') : '';
    this.say(word);
  }

  #showSound(): void {
    this.#sound?.setAttribute('aria-pressed', String(!this.#video.muted));
    this.#showSubtitles();
    this.say('sound');
  }

  #showSubtitles(): void {
    if (this.#track) this.#track.mode = this.#areShown ? 'showing' : 'disabled';
    this.#subtitles?.setAttribute('aria-pressed', String(this.#areShown));
  }
}
