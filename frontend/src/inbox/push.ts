/** This browser's push subscription: asked for, kept known to the server, ended. */
import { client, data } from '../api/client';
import { session } from '../auth/session.svelte';
import { on } from '../lib/events';
import { load, save } from '../lib/storage';

export type PushState = 'on' | 'off' | 'denied' | 'impossible';
/** Who is told here, and on which day the server last heard of it. */
const KEPT = 'push';
const DAY_LETTERS = 10;

/** Whether this browser is told by push. */
export async function pushState(): Promise<PushState> {
  if (!('serviceWorker' in navigator) || !('PushManager' in window) || !('Notification' in window))
    return 'impossible';
  if (Notification.permission === 'denied') return 'denied';
  return (await subscription()) && load(KEPT)?.startsWith(`${session.me?.id}:`) ? 'on' : 'off';
}

/** Ask the viewer's leave, subscribe, and tell the server; the state afterwards. */
export async function beginPush(key: string): Promise<PushState> {
  if ((await Notification.requestPermission()) !== 'granted') return pushState();
  const { pushManager } = await navigator.serviceWorker.ready;
  const applicationServerKey = bytesOf(key);
  const known = await pushManager.getSubscription();
  if (known && !isFor(known, applicationServerKey)) await known.unsubscribe();
  await tell(await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey }));
  return pushState();
}

/** The server first: should the line break in between, the browser still knows what it asked for. */
export async function endPush(): Promise<PushState> {
  const known = await subscription();
  if (known) {
    await data(client.POST('/api/v1/me/inbox/push/end', { body: { endpoint: known.endpoint } }));
    await known.unsubscribe();
  }
  save(KEPT, null);
  return pushState();
}

/** Once a day the server hears of this browser's subscription again: its session may be another one by now. */
export function renewPush(): void {
  const renew = (): void => {
    const kept = load(KEPT);
    if (!session.me || !kept?.startsWith(`${session.me.id}:`) || kept === mark()) return;
    void subscription()
      .then((known) => known && tell(known))
      .catch(() => undefined); // tomorrow again
  };
  const forget = (): void => {
    save(KEPT, null);
    void subscription()
      .then((known) => known?.unsubscribe())
      .catch(() => undefined); // signed out, it is told nothing all the same
  };
  on('signedIn', renew);
  on('signedOut', forget);
  void session.ready().then(renew, () => undefined); // without a line: the next visit does
}

async function tell(known: PushSubscription): Promise<void> {
  const { p256dh = '', auth = '' } = known.toJSON().keys ?? {};
  await data(client.PUT('/api/v1/me/inbox/push', { body: { endpoint: known.endpoint, p256dh, auth } }));
  save(KEPT, mark());
}

async function subscription(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker?.getRegistration();
  return (await registration?.pushManager?.getSubscription()) ?? null;
}

const mark = (): string => `${session.me?.id}:${new Date().toISOString().slice(0, DAY_LETTERS)}`;

function isFor(known: PushSubscription, key: Uint8Array): boolean {
  const theirs = known.options.applicationServerKey;
  return theirs !== null && new Uint8Array(theirs).every((byte, at) => byte === key[at]);
}

/** base64url → bytes */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}
