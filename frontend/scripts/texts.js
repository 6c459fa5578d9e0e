// Takes the texts out of the source into the catalogues; `--check` changes nothing, and fails where they do not agree.
import { readFileSync, writeFileSync } from 'node:fs';

import { extract, faults, languages, merged, path, read, template, TEMPLATE } from './texts/catalogue.js';

const texts = extract();

function check() {
  const found = languages().flatMap((language) => faults(language, texts, read(path(language))));
  if (readFileSync(TEMPLATE, 'utf8') !== template(texts)) {
    found.push('messages.pot is not what the source says: run `python build_frontend.py run texts`');
  }
  for (const fault of found) console.error(fault);
  if (found.length > 0) process.exitCode = 1;
}

function write() {
  writeFileSync(TEMPLATE, template(texts));
  for (const language of languages()) {
    writeFileSync(path(language), merged(language, texts, read(path(language))));
    const left = faults(language, texts, read(path(language))).length;
    console.log(`${language}: ${texts.size} texts, ${left} to translate`);
  }
}

if (process.argv.includes('--check')) check();
else write();
