/** The service worker of this page, and a new version of it that waits to be wanted. */
import { emit } from '../lib/events';
import { isBusy } from '../lib/busy';
import type { Offer } from './names';

const ASK_MS = 3_600_000;

export class Update {
  /** There is a new version, and this page is still the old one. */
  isThere = $state(false);
  #waiting: ServiceWorker | null = null;

  /** Register the worker, and look for a new version each hour and whenever the viewer comes back. */
  async register(workers: ServiceWorkerContainer): Promise<void> {
    const registration = await workers.register('/sw.js', { updateViaCache: 'none' });
    if (registration.waiting) void this.#offer(registration.waiting);
    registration.addEventListener('updatefound', () => this.#watch(registration));
    const ask = (): void => void registration.update().catch(() => undefined); // without a line: later
    setInterval(ask, ASK_MS);
    document.addEventListener('visibilitychange', () => document.hidden || ask());
  }

  #watch(registration: ServiceWorkerRegistration): void {
    const worker = registration.installing;
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed' && registration.active) void this.#offer(worker);
    });
  }

  /** A page that came from the server after the change is new already: then nobody needs to be told. */
  async #offer(worker: ServiceWorker): Promise<void> {
    this.#waiting = worker;
    this.isThere = (await isBusy()) || !(await put(worker, false));
  }

  /** Take the new version, because the viewer said so; not while something is on its way in any tab. */
  async take(): Promise<void> {
    if (await isBusy()) {
      emit('toast', 'A post is still being made. Take the new version when it is done.');
      return;
    }
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    if (this.#waiting?.state === 'installed') await put(this.#waiting, true);
    else location.reload(); // another tab has taken it already
  }
}

/** Whether the worker's version is the one this page runs already. */
function put(worker: ServiceWorker, isWanted: boolean): Promise<boolean> {
  const script = document.querySelector<HTMLScriptElement>('script[type=module]');
  const offer: Offer = { script: new URL(script?.src ?? '', location.href).pathname, isWanted };
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = (event) => resolve(event.data as boolean);
    worker.postMessage(offer, [port2]);
  });
}
