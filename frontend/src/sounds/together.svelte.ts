/** Plays a chosen sound along with the preview of a video, as the server will mix them. */
import { untrack } from 'svelte';
import type { SoundChoice } from './choice.svelte';

/** Further apart than this, picture and sound are put together again. */
const APART_SECONDS = 0.12;
const PARTS_OF_ONE = 100;

/** To attach to a `<video>`: while a sound is chosen the video is heard as loud as the choice says, over that sound. */
export function together(choice: SoundChoice): (video: HTMLVideoElement) => (() => void) | undefined {
  return (video) => {
    const { sound } = choice;
    if (!sound?.url) {
      video.volume = 1;
      return undefined;
    }
    const audio = new Audio(sound.url);
    audio.loop = sound.loops;
    const place = (): number => {
      const at = untrack(() => choice.startMs) / 1000 + video.currentTime;
      return sound.loops ? at % (sound.length_ms / 1000) : at;
    };
    const seek = (): void => void (audio.currentTime = place());
    const correct = (): void => {
      if (Math.abs(audio.currentTime - place()) > APART_SECONDS) seek();
    };
    const play = (): void => {
      seek();
      void audio.play().catch(() => audio.pause()); // a browser may want a touch first: then the picture is silent
    };
    const pause = (): void => audio.pause();
    const events = { play, pause, seeked: seek, timeupdate: correct };
    for (const [name, hear] of Object.entries(events)) video.addEventListener(name, hear);
    $effect(() => {
      audio.volume = choice.soundPercent / PARTS_OF_ONE;
      video.volume = choice.ownPercent / PARTS_OF_ONE;
      video.muted = choice.ownPercent === 0;
    });
    $effect(() => {
      void choice.startMs;
      seek();
    });
    if (!video.paused) play();
    return () => {
      for (const [name, hear] of Object.entries(events)) video.removeEventListener(name, hear);
      audio.pause();
      audio.removeAttribute('src');
    };
  };
}
