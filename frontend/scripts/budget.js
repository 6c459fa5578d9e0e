// What the feed page loads at once, gzip, against its budget.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const DIST = new URL('../../revue/web/dist/', import.meta.url);
const BUDGET = { js: 45_000, css: 12_000 };
const manifest = JSON.parse(readFileSync(new URL('manifest.json', DIST), 'utf8'));

function files(name, found = new Set()) {
  const entry = manifest[name];
  if (!entry || found.has(entry.file)) return found;
  found.add(entry.file);
  for (const css of entry.css ?? []) found.add(css);
  for (const imported of entry.imports ?? []) files(imported, found);
  return found;
}

const sizes = { js: 0, css: 0 };
for (const file of files('src/main.ts')) {
  sizes[file.endsWith('.css') ? 'css' : 'js'] += gzipSync(readFileSync(new URL(file, DIST)), {
    level: 9,
  }).length;
}
for (const [kind, size] of Object.entries(sizes)) {
  const isOver = size > BUDGET[kind];
  console.log(
    `${kind}: ${(size / 1000).toFixed(1)} kB gzip of ${BUDGET[kind] / 1000} kB${isOver ? ': over budget' : ''}`,
  );
  if (isOver) process.exitCode = 1;
}
