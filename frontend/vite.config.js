/// <reference types="vitest/config" />
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

import { relativeTimes } from './scripts/ago.js';
import { languages, SOURCE } from './scripts/texts/catalogue.js';

// The Python package serves what is built here; in development Vite serves it and asks the rest of port 8000.
const server = process.env.REVUE_SERVER ?? 'http://127.0.0.1:8000';

/** Small parts that many pages share lie in one file, not in thirty; what the feed begins with is not among them. */
function sharedByPages(id, graph) {
  if (!/\/src\/(ui|lib|people)\//.test(id)) return null;
  const isOfFeed = (module, seen = new Set()) => {
    if (seen.has(module)) return false;
    seen.add(module);
    const { isEntry, importers } = graph.getModuleInfo(module);
    return isEntry || importers.some((importer) => isOfFeed(importer, seen));
  };
  return isOfFeed(id) || graph.getModuleInfo(id).dynamicImporters.length > 0 ? null : 'shared';
}

/** A context for each file costs half of what a process does, but none hears Node's own channels. */
const HEAR_A_CHANNEL = ['src/player/turn.test.ts'];
const testsIn = (pool, files) => ({ extends: true, test: { name: pool, pool, ...files } });

export default defineConfig({
  // Arabic keeps names of the other direction apart on purpose.
  plugins: [
    svelte({
      onwarn: (warning, say) => warning.code !== 'bidirectional_control_characters' && say?.(warning),
    }),
  ],
  define: {
    __LANGUAGES__: JSON.stringify([SOURCE, ...languages()]),
    __AGO__: JSON.stringify(relativeTimes(SOURCE)),
  },
  build: {
    outDir: '../revue/web/dist',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: ['src/main.ts', 'src/embed/main.ts'],
      output: {
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [{ name: sharedByPages, debugName: 'shared' }],
        },
      },
    },
  },
  resolve: process.env.VITEST ? { conditions: ['browser'] } : {},
  server: { proxy: { '/api': server, '/media': server, '/live': server, '/_allauth': server } },
  test: {
    environment: 'happy-dom',
    restoreMocks: true,
    maxWorkers: '100%',
    projects: [
      testsIn('vmForks', { include: ['src/**/*.test.ts', 'scripts/**/*.test.js'], exclude: HEAR_A_CHANNEL }),
      testsIn('forks', { include: HEAR_A_CHANNEL }),
    ],
    // The player is what everything else stands on.
    coverage: {
      include: ['src/player/*.ts'],
      exclude: ['src/player/fake.ts'],
      reporter: ['text'],
      thresholds: { lines: 95, statements: 95 },
    },
  },
});
