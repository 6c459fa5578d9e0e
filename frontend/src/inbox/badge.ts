/** The number of unread notices at the way to the inbox. It comes after the first clip. */
import { mount } from 'svelte';

import Badge from './Badge.svelte';
import { renewPush } from './push';
import { unread } from './unread.svelte';

export function startBadge(): void {
  const link = document.querySelector('nav a[href="/inbox"]');
  if (link) mount(Badge, { target: link });
  unread.start();
  renewPush();
}
