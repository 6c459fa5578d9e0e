/** Where this tab was in a feed, for the same clip at the same second after a reload. */
interface Place {
  readonly path: string;
  readonly id: string;
  readonly seconds: number;
}

const STORE = 'revue.place';

export function keepPlace(id: string, seconds: number): void {
  const place: Place = { path: location.pathname, id, seconds };
  try {
    sessionStorage.setItem(STORE, JSON.stringify(place));
  } catch {
    return; // a browser that keeps nothing begins at the top
  }
}

/** After a reload: the clip among `items` that this tab showed last under this address, and from which second on. */
export function keptPlace(items: readonly { id: string }[]): { index: number; seconds: number } {
  const top = { index: 0, seconds: 0 };
  const [visit] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  if (visit?.type !== 'reload' && visit?.type !== 'back_forward') return top;
  try {
    const place = JSON.parse(sessionStorage.getItem(STORE) ?? 'null') as Place | null;
    const index = items.findIndex(({ id }) => id === place?.id);
    return place && place.path === location.pathname && index >= 0 ? { index, seconds: place.seconds } : top;
  } catch {
    return top;
  }
}
