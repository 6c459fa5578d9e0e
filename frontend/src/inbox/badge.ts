/** The numbers of unread notices and conversations at the ways to them. They come after the first clip. */
import { mount } from 'svelte';

import Badge from './Badge.svelte';
import { renewPush } from './push';
import { unread } from './unread.svelte';

const WAYS = [
  ['/inbox', 'all'],
  ['/inbox', 'notices'],
  ['/messages', 'messages'],
] as const;

export function startBadge(): void {
  for (const [path, of] of WAYS) {
    const link = document.querySelector(`nav a[href="${path}"]`);
    if (link) mount(Badge, { target: link, props: { of } });
  }
  unread.start();
  renewPush();
}
