/** Whether there is a line to the server, as far as this page has noticed. */
class Line {
  isOff = $state(false);

  constructor() {
    addEventListener('offline', () => (this.isOff = true));
    addEventListener('online', () => (this.isOff = false));
  }
}

export const line = new Line();
