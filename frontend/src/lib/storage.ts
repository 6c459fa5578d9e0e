/** What the browser remembers for this viewer; a browser that forbids it forgets, and nothing else breaks. */
export function load(key: string): string | null {
  try {
    return localStorage.getItem(`revue.${key}`);
  } catch {
    return null;
  }
}

/** An object that was saved as JSON; an empty one where nothing was, or something else. */
export function loadObject<T extends object>(key: string): Partial<T> {
  try {
    return (JSON.parse(load(key) ?? '{}') ?? {}) as Partial<T>;
  } catch {
    return {};
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
