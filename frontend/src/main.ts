/** The app starts around the video that the server's HTML already plays. */
import { mount } from 'svelte';

import './styles/tokens.css';
import './styles/reset.css';
import './styles/base.css';
import './styles/stage.css';

import App from './app/App.svelte';
import { CommentsPanel } from './app/comments.svelte';
import { session } from './auth/session.svelte';
import type { BootData } from './feed/kinds';
import Slides from './feed/Slides.svelte';
import { Stage } from './feed/stage.svelte';
import { breathe, start } from './lib/start.svelte';
import { beginOffline } from './offline/begin';
import { match, showsClips } from './app/router.svelte';

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

// Keys that are pressed before what handles them is there wait for it.
const early: KeyboardEvent[] = [];
const wait = (event: KeyboardEvent): unknown => early.push(event);

/** Each step is a task of its own, so that none holds up the page for long. */
async function begin(): Promise<void> {
  const island = document.getElementById('feed-data');
  const boot = island ? (JSON.parse(island.textContent) as BootData) : null;
  await breathe();
  const stage = new Stage(element('scroller'), element('stage'), boot);
  const comments = new CommentsPanel();
  await breathe();
  const route = match(location.pathname);
  const parts = [
    () => {
      const oncomments = (): unknown => (comments.isOpen = true);
      mount(Slides, { target: element('slides'), props: { stage, oncomments } });
      stage.arrange();
    },
    () => mount(App, { target: element('app'), props: { stage, comments } }),
  ];
  // First what is on the screen: a page that is no feed comes with the app.
  for (const part of showsClips(route) ? parts : parts.toReversed()) {
    part();
    await breathe();
  }
  if (!boot && route.name === 'feed') void stage.show(route.kind);
  else if (boot?.kind === 'video') void stage.feed.more();
  beginOffline(stage, boot?.kind === 'offline');
  await breathe();
  start.isOver = true;
  if (document.readyState !== 'complete') await new Promise((done) => addEventListener('load', done));
  const { addExtras } = await import('./feed/extras');
  removeEventListener('keydown', wait);
  addExtras(stage, element('scroller'), element('stage'), comments, early);
}

addEventListener('keydown', wait);
void session.ready().catch(() => undefined); // offline: the page still plays what it has, and asks again on a tap
void begin();
