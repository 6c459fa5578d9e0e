/** What the browser remembers for this viewer; a browser that forbids it forgets, and nothing else breaks. */
export function load(key: string): string | null {
  try {
    return localStorage.getItem(`revue.${key}`);
  } catch {
    return null;
  }
}

export function save(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`revue.${key}`);
    else localStorage.setItem(`revue.${key}`, value);
  } catch {
    return; // private mode: the choice lasts as long as the page
  }
}
