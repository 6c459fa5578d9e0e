// The service worker: one script at /sw.js, built after the app because it names the app's files.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { defineConfig } from 'vite';

import { builtLanguages, filesOf, readManifest } from './scripts/manifest.js';

/** The feed, and what opens over it: pages come with the line, or from an earlier visit. */
const STARTS = [
  'src/main.ts',
  'src/app/Page.svelte',
  'src/offline/start.ts',
  'src/lib/thumbhash.ts',
  'src/comments/Comments.svelte',
  'src/feed/EndSlide.svelte',
  'src/feed/MoreSheet.svelte',
  'src/feed/ShareSheet.svelte',
  'src/feed/LessCard.svelte',
];

function shellIn(language) {
  const manifest = readManifest(language);
  const lost = STARTS.filter((name) => !manifest[name]);
  if (lost.length > 0) throw new Error(`the app has no ${lost.join(', ')}: name what takes its place`);
  const names = new Set(STARTS.flatMap((name) => [...filesOf(manifest, name)]));
  return [...names].sort().map((name) => `/${name}`);
}

const shells = Object.fromEntries(builtLanguages().map((language) => [language, shellIn(language)]));
// The page that the worker keeps is of this version too, and so is the script in it.
const web = new URL('../revue/web/', import.meta.url);
const page = readFileSync(new URL('templates/web/shell.html', web));
const early = readFileSync(new URL('dist/early.js', web));
const version = createHash('sha256')
  .update(JSON.stringify(shells))
  .update(page)
  .update(early)
  .digest('hex')
  .slice(0, 12);

export default defineConfig({
  publicDir: false,
  define: { __SHELLS__: JSON.stringify(shells), __VERSION__: JSON.stringify(version) },
  build: {
    outDir: '../revue/web/dist',
    emptyOutDir: false,
    target: 'es2022',
    rollupOptions: { input: 'src/worker/sw.ts', output: { format: 'iife', entryFileNames: 'sw.js' } },
  },
});
