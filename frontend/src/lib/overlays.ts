/** Back closes what lies on top: each open sheet has an entry of its own in the browser's history. */
let depth = 0;

function shownDepth(): number {
  const state = history.state as { sheet?: number } | null;
  return state?.sheet ?? 0;
}

/** Lay a sheet over the page; `close` is called when Back asks for it. Returns how to take it away. */
export function openOverlay(close: () => void): () => void {
  const mine = ++depth;
  // The page of /sign-in is its sheet: Back leaves both at once.
  if (location.pathname !== '/sign-in') history.pushState({ sheet: mine }, '');
  const hear = (): void => {
    if (shownDepth() < mine) close();
  };
  addEventListener('popstate', hear);
  return () => {
    removeEventListener('popstate', hear);
    depth -= 1;
    if (shownDepth() === mine) history.back();
  };
}
