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
import { begin } from './offline/begin';
import { match } from './app/router.svelte';

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

const island = document.getElementById('feed-data');
const boot = island ? (JSON.parse(island.textContent) as BootData) : null;
const stage = new Stage(element('scroller'), element('stage'), boot);
const comments = new CommentsPanel();
mount(Slides, { target: element('slides'), props: { stage, oncomments: () => (comments.isOpen = true) } });
mount(App, { target: element('app'), props: { stage, comments } });

const route = match(location.pathname);
if (!boot && route.name === 'feed') void stage.show(route.kind);
else if (boot?.kind === 'video') void stage.feed.more();
begin(stage, boot?.kind === 'offline');
// Keys that are pressed before what handles them is there wait for it.
const early: KeyboardEvent[] = [];
const wait = (event: KeyboardEvent): unknown => early.push(event);
addEventListener('keydown', wait);
addEventListener('load', () => {
  void import('./feed/extras').then(({ addExtras }) => {
    removeEventListener('keydown', wait);
    addExtras(stage, element('scroller'), element('stage'), comments, early);
  });
});
void session.ready().catch(() => undefined); // offline: the page still plays what it has, and asks again on a tap
