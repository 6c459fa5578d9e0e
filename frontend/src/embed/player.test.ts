import { beforeEach, expect, test, vi } from 'vitest';

import { keepTracks } from '../player/fake';
import { EmbedPlayer, type Word } from './player';

keepTracks();

let root: HTMLElement;
let video: HTMLVideoElement;
let player: EmbedPlayer;
let heard: Word[];
let isSoundRefused: boolean;

/** The page of the player, with an element that plays at once unless the browser is to refuse sound. */
beforeEach(() => {
  document.body.innerHTML = `<main data-video="4kQz" data-play="Play" data-pause="Pause" data-at="# of # seconds"
    data-failed="It could not be loaded.">
    <video controls data-duration-ms="8000"><track kind="captions" srclang="de" src="/de" /><track
      kind="captions" srclang="en" src="/en" /></video>
    <button class="big" aria-label="Play" hidden></button>
    <div class="bar" hidden><button class="play" aria-label="Play"></button>
    <input type="range" min="0" max="1" step="any" /><button class="sound" aria-pressed="false"></button><button
      class="subtitles" aria-pressed="false"></button></div>
    <p class="failed"></p></main>`;
  root = document.querySelector('main')!;
  video = root.querySelector('video')!;
  let isPaused = true;
  isSoundRefused = false;
  Object.defineProperty(video, 'paused', { get: () => isPaused });
  Object.defineProperty(video, 'duration', { value: NaN });
  video.play = vi.fn(async () => {
    if (isSoundRefused && !video.muted) throw new DOMException('no gesture', 'NotAllowedError');
    isPaused = false;
    video.dispatchEvent(new Event('play'));
  });
  video.pause = vi.fn(() => {
    isPaused = true;
    video.dispatchEvent(new Event('pause'));
  });
  heard = [];
  player = new EmbedPlayer(root, (word) => heard.push(word));
});

const button = (name: string): HTMLButtonElement => root.querySelector(`.${name}`)!;
const words = (): string[] => heard.map((word) => word.revue);
const settle = (): Promise<void> => new Promise((done) => setTimeout(done));

function press(key: string, target: Element = document.body): void {
  target.addEventListener('keydown', (event) => player.press(event as KeyboardEvent), { once: true });
  target.dispatchEvent(new KeyboardEvent('keydown', { key }));
}

test('it takes over from the controls of the browser, silent', () => {
  expect(video.controls).toBe(false);
  expect(video.muted).toBe(true);
  expect(button('big').hidden).toBe(false);
  expect(video.play).not.toHaveBeenCalled();
});

test('the first press of Play brings sound, and a second one pauses', async () => {
  button('big').click();
  await settle();
  expect(video.muted).toBe(false);
  expect(button('play').getAttribute('aria-label')).toBe('Pause');
  video.click();
  expect(video.pause).toHaveBeenCalled();
  expect(root.classList.contains('playing')).toBe(false);
});

test('whoever asked for silence before gets silence', async () => {
  player.obey({ revue: 'mute' });
  button('play').click();
  await settle();
  expect(video.muted).toBe(true);
});

test('where the browser allows no sound it plays without', async () => {
  isSoundRefused = true;
  player.obey({ revue: 'unmute' });
  player.obey({ revue: 'play' });
  await settle();
  expect(video.paused).toBe(false);
  expect(video.muted).toBe(true);
});

test('the page around it plays, pauses, seeks and hears of it', async () => {
  player.say('ready');
  player.obey({ revue: 'play' });
  await settle();
  player.obey({ revue: 'seek', seconds: 3 });
  expect(video.currentTime).toBe(3);
  video.dispatchEvent(new Event('timeupdate'));
  player.obey({ revue: 'pause' });
  expect(words()).toEqual(['ready', 'play', 'time', 'pause']);
  expect(heard[2]).toEqual({ revue: 'time', video: '4kQz', seconds: 3, duration: 8, muted: true });
});

test('what is none of ours changes nothing', () => {
  for (const data of [
    null,
    'play',
    7,
    [],
    {},
    { revue: 'eat' },
    { revue: 'seek' },
    { revue: 'seek', seconds: '3' },
  ]) {
    player.obey(data);
  }
  player.obey({ revue: 'seek', seconds: NaN });
  expect(video.play).not.toHaveBeenCalled();
  expect(video.currentTime).toBe(0);
});

test('each time round it says that it ended, and a seek back does not', () => {
  video.currentTime = 7.9;
  video.dispatchEvent(new Event('timeupdate'));
  video.currentTime = 0.1;
  video.dispatchEvent(new Event('timeupdate'));
  expect(words()).toEqual(['time', 'ended', 'time']);
  video.currentTime = 5;
  video.dispatchEvent(new Event('timeupdate'));
  player.obey({ revue: 'seek', seconds: -2 });
  video.dispatchEvent(new Event('timeupdate'));
  expect(words().filter((word) => word === 'ended')).toHaveLength(1);
});

test('keys work it, except those that belong to what has the focus', async () => {
  press('k');
  await settle();
  expect(video.paused).toBe(false);
  press(' ');
  expect(video.paused).toBe(true);
  press(' ', button('play'));
  expect(video.paused).toBe(true);
  press('m');
  expect(video.muted).toBe(true);
  press('ArrowRight');
  expect(video.currentTime).toBe(5);
  press('ArrowRight');
  expect(video.currentTime).toBe(8);
  press('ArrowLeft', root.querySelector('input')!);
  expect(video.currentTime).toBe(8);
  press('ArrowLeft');
  expect(video.currentTime).toBe(3);
});

test('the bar shows and sets where it is', () => {
  const bar = root.querySelector('input')!;
  bar.value = '0.5';
  bar.dispatchEvent(new Event('input'));
  expect(video.currentTime).toBe(4);
  expect(bar.getAttribute('aria-valuetext')).toBe('4 of 8 seconds');
  expect(bar.style.getPropertyValue('--part')).toBe('50%');
});

test('a file that cannot be loaded says so, and Play tries again', async () => {
  video.load = vi.fn();
  Object.defineProperty(video, 'error', { value: {}, configurable: true });
  video.dispatchEvent(new Event('error'));
  expect(root.querySelector('.failed')!.textContent).toMatch('could not be loaded');
  expect(words()).toContain('error');
  button('play').click();
  await settle();
  expect(video.load).toHaveBeenCalled();
  expect(root.querySelector('.failed')!.textContent).toBe('');
});

const modes = (): string[] => [...root.querySelectorAll('track')].map(({ track }) => track.mode);

test('subtitles in the language of who watches show while it plays without sound', async () => {
  expect(modes()).toEqual(['disabled', 'disabled']); // nothing loads before somebody presses Play
  player.obey({ revue: 'play' });
  await settle();
  expect(modes()).toEqual(['disabled', 'showing']);
  expect(button('subtitles').getAttribute('aria-pressed')).toBe('true');
  player.obey({ revue: 'unmute' });
  video.dispatchEvent(new Event('volumechange'));
  expect(modes()).toEqual(['disabled', 'disabled']);
  expect(button('subtitles').getAttribute('aria-pressed')).toBe('false');
});

test('whoever turns subtitles on or off has them so, with sound and without', async () => {
  button('play').click();
  await settle();
  button('subtitles').click();
  expect(modes()).toEqual(['disabled', 'showing']);
  press('s');
  press('m');
  video.dispatchEvent(new Event('volumechange'));
  expect(modes()).toEqual(['disabled', 'disabled']);
});
