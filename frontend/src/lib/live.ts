/** One stream of live messages for the whole page; parts of the app subscribe to topics and leave again. */
export interface LiveMessage {
  readonly topic: string;
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
}

type Handler = (message: LiveMessage) => void;

/** Events the server sends: `hello` when a stream opens, `bus.lost` when some may have been missed. */
const EVENTS = [
  ...(['hello', 'bus.lost', 'video.state', 'counts', 'notice', 'inbox'] as const),
  ...(['comment.created', 'comment.changed', 'comment.deleted', 'comment.held'] as const),
  ...(['message', 'message_read', 'message_unsent', 'conversation'] as const),
];
const FOR_ALL: readonly string[] = EVENTS.slice(0, 2);
const REOPEN_MS = 50;
/** A refused stream is not opened again by the browser itself. */
const AGAIN_MS = 5000;

const handlers = new Map<string, Set<Handler>>();
let source: EventSource | undefined;
let reopening: ReturnType<typeof setTimeout> | undefined;
let openTopics = '';
/** The line was lost, and messages with it. */
let isLost = false;

/** Hear of `topic` (`me` or `video:<id>`) from now on; returns how to stop. */
export function subscribe(topic: string, handler: Handler): () => void {
  const set = handlers.get(topic) ?? new Set();
  handlers.set(topic, set);
  set.add(handler);
  if (isOpen(topic)) queueMicrotask(() => set.has(handler) && handler({ topic, event: 'hello', data: {} }));
  schedule();
  return () => {
    set.delete(handler);
    if (set.size === 0 && handlers.get(topic) === set) handlers.delete(topic);
    schedule();
  };
}

/** The stream has this topic, and has greeted already: who comes now is greeted alone. */
function isOpen(topic: string): boolean {
  return source !== undefined && source.readyState === source.OPEN && openTopics.split(',').includes(topic);
}

/** Topics often change together: open one new stream for all changes. */
function schedule(delay = REOPEN_MS): void {
  clearTimeout(reopening);
  reopening = setTimeout(reopen, delay);
}

function reopen(): void {
  const topics = [...handlers.keys()].sort().join(',');
  if (topics === openTopics) return;
  source?.close();
  source = undefined;
  openTopics = topics;
  if (!topics) return;
  const opened = new EventSource(`/live?topics=${encodeURIComponent(topics)}`);
  source = opened;
  opened.addEventListener('error', () => {
    if (source !== opened) return;
    isLost = true;
    if (opened.readyState !== EventSource.CLOSED) return;
    openTopics = '';
    schedule(AGAIN_MS);
  });
  opened.addEventListener('open', () => {
    if (isLost) deliver('bus.lost', '{"topic":""}');
    isLost = false;
  });
  for (const event of EVENTS) {
    opened.addEventListener(event, (message) => deliver(event, (message as MessageEvent<string>).data));
  }
}

function deliver(event: string, text: string): void {
  const { topic = '', ...data } = JSON.parse(text) as { topic?: string };
  const name = topic.startsWith('person:') ? 'me' : topic;
  const listeners = FOR_ALL.includes(event)
    ? [...handlers.values()]
    : [handlers.get(name) ?? new Set<Handler>()];
  for (const set of listeners) for (const handler of [...set]) handler({ topic: name, event, data });
}

/** Ask again with the session as it is now: after signing in or out, `me` means someone else. */
export function reconnect(): void {
  openTopics = '';
  schedule();
}
