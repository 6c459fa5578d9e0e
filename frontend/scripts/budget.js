// What the feed page and the player on other sites load at once, gzip, against their budgets.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

import { builtLanguages, DIST, filesOf, readManifest } from './manifest.js';
import { SOURCE } from './texts/catalogue.js';

const BUDGET = { js: 45_000, css: 12_000, embed: 5_000 };

/** Bytes of scripts and of styles that an entry loads at once, with the texts of this language in it. */
function sizes(entry, language) {
  const found = { js: 0, css: 0 };
  for (const file of filesOf(readManifest(language), entry)) {
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

for (const language of builtLanguages()) {
  const feed = sizes('src/main.ts', language);
  for (const kind of ['js', 'css']) compare(`${kind} in ${language}`, feed[kind], BUDGET[kind]);
}
const embed = sizes('src/embed/main.ts', SOURCE);
compare('embed', embed.js + embed.css, BUDGET.embed);
