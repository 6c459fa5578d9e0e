/**
 * The service worker: it opens the app where there is no line, plays what was watched, and takes what others share.
 * Pages come from the network whenever it answers, because they hold one viewer's data; none is ever kept.
 */
import { FILE_NAME, FILE_TIME, FROM_SEEN, OFFLINE_PAGE, SEEN, SHARED, type Offer } from '../offline/names';
import { ranged } from './range';

declare const self: ServiceWorkerGlobalScope;
/** Written by the build: the hashed files that the app starts with in each language, and a name for this set. */
declare const __SHELLS__: Readonly<Record<string, readonly string[]>>;
declare const __VERSION__: string;

const SHELL = `shell-${__VERSION__}`;
/** Not pages of the app: whoever opens these gets them, or the browser's own word. */
const NOT_OURS = /^\/(api|media|live|admin|_allauth|static|metrics|healthz|readyz)(\/|$)/;

interface InstallEvent extends ExtendableEvent {
  /** Chromium: requests that need no worker do not wake it. */
  addRoutes?(rules: readonly object[]): Promise<void>;
}

self.addEventListener('install', (event) => event.waitUntil(install(event)));
self.addEventListener('activate', (event) => event.waitUntil(activate()));
self.addEventListener('message', (event) => {
  const { script, isWanted } = event.data as Offer;
  const isTheirs = Object.values(__SHELLS__).flat().includes(script);
  if (isTheirs || isWanted) void self.skipWaiting(); // else it waits until every page of the old version is closed
  event.ports[0]?.postMessage(isTheirs);
});
self.addEventListener('push', (event) => event.waitUntil(tell(event)));
self.addEventListener('notificationclick', (event) => event.waitUntil(lead(event)));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname, searchParams } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.method === 'POST' && pathname === '/share') event.respondWith(share(request));
  if (request.method !== 'GET') return;
  if (request.mode === 'navigate') {
    if (request.destination === 'document' && !NOT_OURS.test(pathname)) event.respondWith(page(event));
  } else if (pathname.startsWith('/assets/')) {
    event.respondWith(asset(event));
  } else if (pathname.startsWith('/media/') && searchParams.has(FROM_SEEN)) {
    event.respondWith(seen(request, pathname));
  }
});

async function install(event: InstallEvent): Promise<void> {
  const paths = ['/api/*', '/live', '/_allauth/*'].map((pathname) => ({ urlPattern: { pathname } }));
  const media = { urlPattern: { pathname: '/media/*', search: '' } };
  await event.addRoutes?.([...paths, media].map((condition) => ({ condition, source: 'network' })));
  await keep(await caches.open(SHELL));
}

/** The page for when there is no line, and the files it starts with, in the language that the server has it in. */
async function keep(cache: Cache): Promise<void> {
  const answer = await fetch(OFFLINE_PAGE);
  if (!answer.ok) throw new Error(`${OFFLINE_PAGE} answered ${answer.status}`);
  await cache.addAll([...(__SHELLS__[languageOf(answer)] ?? [])]);
  await cache.put(OFFLINE_PAGE, answer);
}

function languageOf(answer: Response | undefined): string {
  return answer?.headers.get('Content-Language') ?? '';
}

/** The viewer reads the app in this language now: what is kept is to be in it too. */
async function follow(language: string): Promise<void> {
  const cache = await caches.open(SHELL);
  const kept = languageOf(await cache.match(OFFLINE_PAGE, { ignoreVary: true }));
  if (language in __SHELLS__ && language !== kept) await keep(cache);
}

async function activate(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith('shell-') && name !== SHELL);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.registration.navigationPreload?.enable(); // the page is asked for while the worker wakes
}

async function page(event: FetchEvent): Promise<Response> {
  try {
    const answer = ((await event.preloadResponse) as Response | undefined) ?? (await fetch(event.request));
    event.waitUntil(follow(languageOf(answer)));
    return answer;
  } catch {
    const cache = await caches.open(SHELL);
    return (await cache.match(OFFLINE_PAGE, { ignoreVary: true })) ?? Response.error();
  }
}

/** A name with a hash says what is in it: once here, it need not be asked for again. */
async function asset(event: FetchEvent): Promise<Response> {
  const cache = await caches.open(SHELL);
  const kept = await cache.match(event.request, { ignoreVary: true });
  if (kept) return kept;
  const answer = await fetch(event.request);
  if (answer.status === 200) event.waitUntil(cache.put(event.request, answer.clone()));
  return answer;
}

/** What the server pushes; see `revue/inbox/push/actions.py`. */
interface Told {
  readonly title: string;
  readonly body: string;
  readonly path: string;
  readonly tag: string;
  readonly unread: number;
}

/** A browser wants something shown for each push: also for one that cannot be read. */
async function tell(event: PushEvent): Promise<void> {
  const told = readable(event.data);
  const { title, body, tag, path } = told;
  await self.registration.showNotification(title, { body, tag, data: path, icon: '/icons/any-192.png' });
  await navigator.setAppBadge?.(told.unread).catch(() => undefined); // not every system has a place for it
}

function readable(data: PushMessageData | null): Told {
  try {
    return data?.json() as Told;
  } catch {
    return { title: location.hostname, body: '', path: '/inbox', tag: 'inbox', unread: 0 };
  }
}

/** To what the message told of: in a window of ours that is open, or in a new one. */
async function lead(event: NotificationEvent): Promise<void> {
  event.notification.close();
  const path = event.notification.data as string;
  const [open] = await self.clients.matchAll({ type: 'window' });
  if (!open) {
    await self.clients.openWindow(path);
    return;
  }
  await open.focus();
  await open.navigate(path);
}

async function seen(request: Request, pathname: string): Promise<Response> {
  const cache = await caches.open(SEEN);
  const whole = await cache.match(pathname, { ignoreVary: true });
  return whole ? ranged(whole, request.headers.get('Range')) : fetch(request);
}

/** What another app shares waits in a cache; the upload page asks whether it is wanted. */
async function share(request: Request): Promise<Response> {
  const given = (await request.formData()).getAll('media');
  const files = given.filter((file): file is File => file instanceof File && file.size > 0);
  await caches.delete(SHARED);
  const cache = await caches.open(SHARED);
  await Promise.all(files.map((file, at) => cache.put(`/share/${at}`, answerOf(file))));
  return Response.redirect('/upload?shared=1', 303);
}

function answerOf(file: File): Response {
  const headers = {
    'Content-Type': file.type,
    [FILE_NAME]: encodeURIComponent(file.name),
    [FILE_TIME]: String(file.lastModified),
  };
  return new Response(file, { headers });
}
