import type { Stage } from '../feed/stage.svelte';
import { playback } from '../feed/playback.svelte';
import { toggleFloating, toggleFullScreen } from '../feed/screens';
import { areShown } from '../feed/subtitles';
import { emit } from '../lib/events';

type Actions = Readonly<Record<string, () => unknown>>;
/** A key that is held does these once. */
const ONCE = 'mlcfps ?';

/** Do what keys ask for from now on, and before that what those ask for that were pressed earlier. */
export function listenToKeys(
  stage: Stage,
  comments: { isOpen: boolean },
  early: readonly KeyboardEvent[],
): void {
  const handle = (event: KeyboardEvent): void => handleKey(event, stage, comments);
  early.forEach(handle);
  addEventListener('keydown', handle);
}

/** The keys of the feed; silent while a page or a dialog is open or someone types. */
export function handleKey(event: KeyboardEvent, stage: Stage, comments: { isOpen: boolean }): void {
  const target = event.target instanceof Element ? event.target : document.body;
  const isTyping = target.closest('input:not([type=range]), textarea, select, [contenteditable]') !== null;
  const isCovered = document.querySelector('dialog[open], #feed[inert]') !== null;
  if (isTyping || isCovered || event.ctrlKey || event.metaKey || event.altKey) return;
  const isOwn = target.closest(event.key === ' ' ? 'button, a' : '[aria-label=Volume]') !== null;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const action = actions(stage, comments)[key];
  if (!action || isOwn) return;
  event.preventDefault();
  if (!event.repeat || !ONCE.includes(key)) action();
}

/** Off from now on if they show, on if they do not: with sound and without. */
function toggleSubtitles(isMuted: boolean): void {
  const isOff = areShown(playback.wishes.subtitles, isMuted);
  playback.set({ subtitles: isOff ? 'never' : 'always' });
  emit('toast', isOff ? 'Subtitles off' : 'Subtitles on');
}

/** By key; KeysSheet lists them. */
export function actions(stage: Stage, comments: { isOpen: boolean }): Actions {
  const { feed } = stage;
  const [next, previous] = [() => stage.step(1), () => stage.step(-1)];
  // Time runs from left to right everywhere; photos stand in the direction in which people read.
  const isTurned = document.documentElement.dir === 'rtl' && (feed.current?.photos.length ?? 0) > 0;
  const [later, earlier] = [() => stage.aside(1), () => stage.aside(-1)];
  return {
    ArrowDown: next,
    PageDown: next,
    j: next,
    ArrowUp: previous,
    PageUp: previous,
    k: previous,
    ArrowRight: isTurned ? earlier : later,
    ArrowLeft: isTurned ? later : earlier,
    ' ': () => stage.toggle(),
    m: () => stage.setMuted(!feed.isMuted),
    l: () => feed.current && void feed.like(feed.current, !feed.current.viewer.liked),
    c: () => (comments.isOpen = !comments.isOpen),
    s: () => toggleSubtitles(feed.isMuted),
    f: () => void toggleFullScreen(),
    p: () => void toggleFloating(stage.video),
    '<': () => playback.step(-1),
    '>': () => playback.step(1),
    '?': () => (feed.sheet = 'keys'),
    Escape: () => {
      comments.isOpen = false;
      playback.isClear = false;
      playback.unlock();
    },
  };
}
