/** A <video> for tests that keeps the rules a browser keeps: it plays only with a source, and may refuse. */
import type { Clip } from './types';

export interface FakeVideo extends HTMLVideoElement {
  /** What the next `play()` does. */
  refuses: 'nothing' | 'sound' | 'everything';
  plays: number;
  /** Seconds of ten that have come. */
  loaded: number;
}

/** The line of the tests: while it is away, nothing new loads. */
export interface FakeLine {
  isAway: boolean;
}

/** Turn a real (inert) element of the test's document into one that plays. */
export function fakeVideo(line: FakeLine = { isAway: false }): FakeVideo {
  const video = document.createElement('video') as FakeVideo;
  let isPaused = true;
  let time = 0;
  let hasFrame = false;
  let error: MediaError | null = null;
  Object.assign(video, { refuses: 'nothing', plays: 0, loaded: 10 });
  Object.defineProperties(video, {
    paused: { get: () => isPaused },
    duration: { get: () => 10 },
    readyState: { get: () => (hasFrame ? 4 : 0) },
    error: { get: () => error },
    src: { get: () => video.getAttribute('src') ?? '', set: load },
    buffered: { get: () => ({ length: 1, start: () => 0, end: () => video.loaded }) },
    currentTime: { get: () => time, set: (value: number) => (time = value) },
    currentSrc: { get: () => video.getAttribute('src') ?? '' },
  });
  video.load = () => load(video.getAttribute('src'));
  video.pause = () => {
    if (isPaused) return;
    isPaused = true;
    video.dispatchEvent(new Event('pause'));
  };
  video.play = () => {
    const isRefused = video.refuses === 'everything' || (video.refuses === 'sound' && !video.muted);
    if (isRefused) return Promise.reject(new DOMException('no', 'NotAllowedError'));
    if (!video.hasAttribute('src') || error)
      return Promise.reject(new DOMException('no source', 'NotSupportedError'));
    isPaused = false;
    video.plays += 1;
    video.dispatchEvent(new Event('play'));
    return Promise.resolve();
  };
  video.requestVideoFrameCallback = (callback) => {
    queueMicrotask(() => callback(performance.now(), {} as VideoFrameCallbackMetadata));
    return 1;
  };
  return video;

  /** Begin with a source, or with none: its first frame is there a moment later, or the news that it will not come. */
  function load(source: string | null): void {
    if (source) video.setAttribute('src', source);
    hasFrame = false;
    error = null;
    time = 0;
    queueMicrotask(() => {
      if (!source || video.getAttribute('src') !== source) return;
      hasFrame = !line.isAway;
      error = line.isAway ? ({ code: 2 } as MediaError) : null;
      if (error) video.pause();
      video.dispatchEvent(new Event(error ? 'error' : 'loadeddata'));
    });
  }
}

export function fakeClips(count: number): Clip[] {
  return Array.from({ length: count }, (_, i) => ({
    id: `v${i}`,
    poster_small_url: `/media/clips/${i}/poster-small.webp`,
    duration_ms: 10_000,
    has_audio: true,
    width: 540,
    height: 960,
    hls_url: null,
    renditions: [360, 540].map((edge) => ({
      name: String(edge),
      url: `/media/clips/${i}/${edge}.mp4`,
      width: edge,
      height: (edge * 16) / 9,
      bitrate: edge * 2000,
      bytes: edge * 2500,
      codec: 'h264',
      mime: 'video/mp4',
    })),
  }));
}

/** Let each <track> keep its text track, and that its mode: the tests' document makes a new one whenever it is asked. */
export function keepTracks(): void {
  const { prototype } = HTMLTrackElement;
  const make = Object.getOwnPropertyDescriptor(prototype, 'track')!.get!;
  const kept = new WeakMap<HTMLTrackElement, TextTrack>();
  Object.defineProperty(prototype, 'track', {
    get(this: HTMLTrackElement) {
      const track = kept.get(this) ?? (make.call(this) as TextTrack);
      if (!kept.has(this)) Object.defineProperty(track, 'mode', { value: 'disabled', writable: true });
      kept.set(this, track);
      return track;
    },
  });
}
