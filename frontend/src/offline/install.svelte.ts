/** The browser's offer to install this network as an app, kept until the viewer asks for it. */
interface InstallPrompt extends Event {
  prompt(): Promise<unknown>;
}

class Install {
  #offer = $state.raw<InstallPrompt | null>(null);

  constructor() {
    addEventListener('beforeinstallprompt', (event) => {
      event.preventDefault(); // no banner: the settings have a button
      this.#offer = event as InstallPrompt;
    });
    addEventListener('appinstalled', () => (this.#offer = null));
  }

  get isOffered(): boolean {
    return this.#offer !== null;
  }

  /** Ask the browser to install it. An offer is good for one answer. */
  async ask(): Promise<void> {
    const offer = this.#offer;
    this.#offer = null;
    await offer?.prompt();
  }
}

export const install = new Install();
