import type { Stage } from '../feed/stage.svelte';

/** The keys of the feed; silent while a dialog is open or someone types. */
export function handleKey(event: KeyboardEvent, stage: Stage, comments: () => void): void {
  const target = event.target instanceof Element ? event.target : document.body;
  const isTyping = target.closest('input:not([type=range]), textarea, select, [contenteditable]') !== null;
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]'))
    return;
  const isControl = target.closest('button, a') !== null;
  if (event.key === ' ' && isControl) return;
  const action = actionFor(event.key.length === 1 ? event.key.toLowerCase() : event.key, stage, comments);
  if (!action) return;
  event.preventDefault();
  action();
}

function actionFor(key: string, stage: Stage, comments: () => void): (() => void) | undefined {
  const { feed } = stage;
  const actions: Record<string, () => void> = {
    ArrowDown: () => stage.step(1),
    j: () => stage.step(1),
    ArrowUp: () => stage.step(-1),
    k: () => stage.step(-1),
    ArrowRight: () => stage.aside(1),
    ArrowLeft: () => stage.aside(-1),
    ' ': () => stage.toggle(),
    m: () => stage.setMuted(!feed.isMuted),
    l: () => feed.current && void feed.like(feed.current, !feed.current.viewer.liked),
    c: comments,
  };
  return actions[key];
}
