// Which files Vite made of a module and of all that it imports at once.
import { readFileSync } from 'node:fs';

export const DIST = new URL('../../revue/web/dist/', import.meta.url);

export function readManifest() {
  return JSON.parse(readFileSync(new URL('manifest.json', DIST), 'utf8'));
}

export function filesOf(manifest, name, found = new Set()) {
  const entry = manifest[name];
  if (!entry || found.has(entry.file)) return found;
  found.add(entry.file);
  for (const css of entry.css ?? []) found.add(css);
  for (const imported of entry.imports ?? []) filesOf(manifest, imported, found);
  return found;
}
