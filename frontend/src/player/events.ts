/** What the pool tells its owner. */
export interface PoolEvents {
  /** A clip began to show frames; `ttff` is ms since it was activated. */
  started(index: number, ttff: number, rendition: string): void;
  /** The active clip shows frames, or has had its time to: whatever can wait for it goes on now. */
  settled(index: number): void;
  /** What plays and what comes next is loaded; told again and again while it holds. */
  lineFree(): void;
  looped(index: number): void;
  /** The active clip has come to its end and does not loop. */
  ended(index: number): void;
  failed(index: number): void;
  stalled(index: number, isStalled: boolean): void;
  /** Sound was refused by the browser: the session is muted again. */
  muteForced(): void;
  time(index: number, seconds: number, duration: number): void;
  /** The active clip plays or rests, for whatever reason. */
  paused(index: number, isPaused: boolean): void;
  /** The browser refuses to play even without sound: the viewer has to tap. */
  blocked(index: number): void;
}
