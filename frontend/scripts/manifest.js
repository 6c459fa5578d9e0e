// Which files Vite made of a module and of all that it imports at once.
import { readdirSync, readFileSync } from 'node:fs';

export const DIST = new URL('../../revue/web/dist/', import.meta.url);
const NAME = /^manifest\.(\w+)\.json$/;

/** Each language has a manifest of its own: files without texts are the same in all of them. */
export function manifestName(language) {
  return `manifest.${language}.json`;
}

/** The languages the app has been built in. */
export function builtLanguages() {
  return readdirSync(DIST)
    .flatMap((name) => NAME.exec(name)?.[1] ?? [])
    .sort();
}

export function readManifest(language) {
  return JSON.parse(readFileSync(new URL(manifestName(language), DIST), 'utf8'));
}

export function filesOf(manifest, name, found = new Set()) {
  const entry = manifest[name];
  if (!entry || found.has(entry.file)) return found;
  found.add(entry.file);
  for (const css of entry.css ?? []) found.add(css);
  for (const imported of entry.imports ?? []) filesOf(manifest, imported, found);
  return found;
}
