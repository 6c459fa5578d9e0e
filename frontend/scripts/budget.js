// What the feed page and the player on other sites load at once, gzip, against their budgets.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

import { DIST, filesOf, readManifest } from './manifest.js';

const BUDGET = { js: 45_000, css: 12_000, embed: 5_000 };
const manifest = readManifest();

/** Bytes of scripts and of styles that an entry loads at once. */
function sizes(entry) {
  const found = { js: 0, css: 0 };
  for (const file of filesOf(manifest, entry)) {
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
