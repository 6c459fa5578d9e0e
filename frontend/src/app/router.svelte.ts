/** Addresses → pages. The feed stays mounted beneath pages, so that Back is instant. */
export type Route =
  | { name: 'feed'; kind: 'foryou' | 'following' }
  | { name: 'video'; handle: string; id: string }
  | { name: 'profile'; handle: string }
  | { name: 'tag'; tag: string }
  | { name: 'sound'; id: string }
  | { name: 'collection'; id: string }
  | { name: 'edit'; id: string }
  | { name: 'upload' | 'history' | 'inbox' | 'studio' | 'search' | 'explore' | 'trends' }
  | { name: 'messages'; whom: string }
  | { name: 'settings'; section: string }
  | { name: 'signIn' }
  | { name: 'missing' };

const PATTERNS: readonly (readonly [RegExp, (parts: string[]) => Route])[] = [
  [/^\/$/, () => ({ name: 'feed', kind: 'foryou' })],
  [/^\/following$/, () => ({ name: 'feed', kind: 'following' })],
  [/^\/@([\w.]+)\/(\w+)$/, ([handle = '', id = '']) => ({ name: 'video', handle, id })],
  [/^\/@[\w.]+\/(\w+)\/edit$/, ([id = '']) => ({ name: 'edit', id })],
  [/^\/@([\w.]+)$/, ([handle = '']) => ({ name: 'profile', handle })],
  [/^\/tag\/([^/]+)$/, ([tag = '']) => ({ name: 'tag', tag: decodeURIComponent(tag) })],
  [/^\/sound\/(\w+)$/, ([id = '']) => ({ name: 'sound', id })],
  [/^\/collection\/(\w+)$/, ([id = '']) => ({ name: 'collection', id })],
  [
    /^\/(upload|history|inbox|studio|search|explore|trends)$/,
    ([name]) => ({
      name: name as 'upload' | 'history' | 'inbox' | 'studio' | 'search' | 'explore' | 'trends',
    }),
  ],
  [/^\/messages(?:\/(@?[\w.]+))?$/, ([whom = '']) => ({ name: 'messages', whom })],
  [/^\/settings(?:\/([\w-]+))?$/, ([section = '']) => ({ name: 'settings', section })],
  [/^\/sign-in$/, () => ({ name: 'signIn' })],
];

/** Whether clips play there; every other page lies over them. */
export const showsClips = ({ name }: Route): boolean => name === 'feed' || name === 'video';

export function match(path: string): Route {
  for (const [pattern, make] of PATTERNS) {
    const found = pattern.exec(path);
    if (found) return make(found.slice(1).map((part) => part ?? undefined) as string[]);
  }
  return { name: 'missing' };
}

class Router {
  path = $state(location.pathname);
  route = $derived(match(this.path));
  /** Asked before leaving a page; false keeps the viewer there, until `leave` is called. */
  guard: ((leave: () => void) => boolean) | undefined;

  constructor() {
    addEventListener('popstate', () => {
      if (location.pathname === this.path) return; // a sheet came or went, the page stays
      const wanted = location.pathname;
      if (this.#mayLeave(() => this.go(wanted))) this.path = wanted;
      else history.pushState(null, '', this.path);
    });
    document.addEventListener('click', (event) => this.#follow(event));
  }

  go(path: string, replace = false): void {
    if (path !== this.path && !this.#mayLeave(() => this.go(path, replace))) return;
    if (replace) history.replaceState(null, '', path);
    else if (path !== location.pathname + location.search) history.pushState(null, '', path);
    this.path = new URL(path, location.href).pathname;
  }

  #mayLeave(leave: () => void): boolean {
    return this.guard?.(leave) ?? true;
  }

  /** Links stay ordinary links; a plain click on one of ours changes the page without loading it anew. */
  #follow(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const isPlain =
      event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!link || !isPlain || event.defaultPrevented || link.target || link.hasAttribute('download')) return;
    const url = new URL(link.href);
    if (url.origin !== location.origin || match(url.pathname).name === 'missing') return;
    event.preventDefault();
    this.go(url.pathname + url.search);
  }
}

export const router = new Router();
