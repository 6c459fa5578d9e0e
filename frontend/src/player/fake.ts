/** A <video> for tests that keeps the rules a browser keeps: it plays only with a source, and may refuse. */
import type { Clip } from './types';

export interface FakeVideo extends HTMLVideoElement {
  /** What the next `play()` does. */
  refuses: 'nothing' | 'sound' | 'everything';
  plays: number;
  /** Seconds of ten that have come. */
  loaded: number;
}

/** Turn a real (inert) element of the test's document into one that plays. */
export function fakeVideo(): FakeVideo {
  const video = document.createElement('video') as FakeVideo;
  let isPaused = true;
  let time = 0;
  Object.assign(video, { refuses: 'nothing', plays: 0, loaded: 10 });
  Object.defineProperties(video, {
    paused: { get: () => isPaused },
    duration: { get: () => 10 },
    readyState: { get: () => (video.hasAttribute('src') ? 4 : 0) },
    buffered: { get: () => ({ length: 1, start: () => 0, end: () => video.loaded }) },
    currentTime: { get: () => time, set: (value: number) => (time = value) },
    currentSrc: { get: () => video.getAttribute('src') ?? '' },
  });
  video.load = () => (time = 0);
  video.pause = () => {
    if (isPaused) return;
    isPaused = true;
    video.dispatchEvent(new Event('pause'));
  };
  video.play = () => {
    const isRefused = video.refuses === 'everything' || (video.refuses === 'sound' && !video.muted);
    if (isRefused) return Promise.reject(new DOMException('no', 'NotAllowedError'));
    if (!video.hasAttribute('src')) return Promise.reject(new DOMException('no source', 'NotSupportedError'));
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
