// What the feed page and the player on other sites load at once, gzip, against their budgets.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const DIST = new URL('../../revue/web/dist/', import.meta.url);
const BUDGET = { js: 45_000, css: 12_000, embed: 5_000 };
const manifest = JSON.parse(readFileSync(new URL('manifest.json', DIST), 'utf8'));

function files(name, found = new Set()) {
  const entry = manifest[name];
  if (!entry || found.has(entry.file)) return found;
  found.add(entry.file);
  for (const css of entry.css ?? []) found.add(css);
  for (const imported of entry.imports ?? []) files(imported, found);
  return found;
}

/** Bytes of scripts and of styles that an entry loads at once. */
function sizes(entry) {
  const found = { js: 0, css: 0 };
  for (const file of files(entry)) {
    found[file.endsWith('.css') ? 'css' : 'js'] += gzipSync(readFileSync(new URL(file, DIST)), {
      level: 9,
    }).length;
  }
  return found;
}

function compare(name, size, budget) {
  const isOver = size > budget;
  console.log(
    `${name}: ${(size / 1000).toFixed(1)} kB gzip of ${budget / 1000} kB${isOver ? ': over budget' : ''}`,
  );
  if (isOver) process.exitCode = 1;
}

const feed = sizes('src/main.ts');
for (const kind of ['js', 'css']) compare(kind, feed[kind], BUDGET[kind]);
const embed = sizes('src/embed/main.ts');
compare('embed', embed.js + embed.css, BUDGET.embed);
