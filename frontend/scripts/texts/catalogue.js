// The catalogues: `messages.pot` with every text of the source, and `<language>.po` with its translations.
import { readdirSync, readFileSync } from 'node:fs';

import PO from 'pofile';

import { PIECES } from './rules.js';
import { Source } from './source.js';

export const LANGUAGES = new URL('../../languages/', import.meta.url);
export const TEMPLATE = new URL('messages.pot', LANGUAGES);
/** The language the source is written in. */
export const SOURCE = 'en';
const ROOT = new URL('../../', import.meta.url);
/** Not the app: the player on other sites is part of the server's page, and the worker says nothing. */
const BESIDE = /\.test\.ts$|\.d\.ts$|\/(embed|worker)\/|\/fake\.ts$/;

/** Languages there is a catalogue for, besides the source's own. */
export function languages() {
  const names = readdirSync(LANGUAGES).filter((name) => name.endsWith('.po'));
  return names.map((name) => name.slice(0, -'.po'.length)).sort();
}

/** The names of an app's plural forms in a language, in the order in which catalogues have them. */
export function formsOf(language) {
  const has = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  return ['zero', 'one', 'two', 'few', 'many', 'other'].filter((form) => has.includes(form));
}

export function isTranslated(file) {
  return /\/src\/.*\.(svelte|ts)$/.test(file) && !BESIDE.test(file);
}

/** Every text of the source once: by its id. */
export function extract() {
  const found = new Map();
  const files = readdirSync(new URL('src/', ROOT), { recursive: true })
    .map((name) => `src/${name}`)
    .sort();
  for (const file of files.filter((name) => isTranslated(`/${name}`))) {
    for (const { id, plural } of new Source(readFileSync(new URL(file, ROOT), 'utf8'), file).texts) {
      const known = found.get(id) ?? { id, plural, files: new Set() };
      if (known.plural !== plural) throw new Error(`${file}: "${id}" is there with a plural and without`);
      found.set(id, { ...known, files: known.files.add(file) });
    }
  }
  return found;
}

export function path(language) {
  return new URL(`${language}.po`, LANGUAGES);
}

export function read(file) {
  return PO.parse(readFileSync(file, 'utf8'));
}

function item(text, nplurals, msgstr) {
  const made = new PO.Item({ nplurals });
  made.msgid = text.id;
  made.msgid_plural = text.plural || null;
  made.msgstr = msgstr;
  return made;
}

/** The template: what there is to translate, and in which files it stands. */
export function template(texts) {
  const made = new PO();
  made.comments = [' Made by `python build_frontend.py run texts`; translations are in the files beside it.'];
  made.headers = { 'Content-Type': 'text/plain; charset=utf-8', Language: SOURCE };
  for (const text of texts.values()) {
    const one = item(text, 2, text.plural ? ['', ''] : []);
    one.references = [...text.files];
    made.items.push(one);
  }
  return made.toString();
}

/** A language's catalogue with exactly these texts: what is translated stays, what is new is empty. */
export function merged(language, texts, before) {
  const forms = formsOf(language).length;
  const known = new Map(before.items.map((one) => [one.msgid, one]));
  before.headers = { 'Content-Type': 'text/plain; charset=utf-8', Language: language };
  before.items = [...texts.values()].map((text) => {
    const old = known.get(text.id);
    const isSame = old && (old.msgid_plural ?? '') === text.plural;
    return item(text, forms, isSame ? old.msgstr : Array(text.plural ? forms : 1).fill(''));
  });
  return before.toString();
}

/** What is wrong with a language's catalogue, in sentences. */
export function faults(language, texts, catalogue) {
  const found = [];
  const known = new Map(catalogue.items.map((one) => [one.msgid, one]));
  for (const { id, plural } of texts.values()) {
    const forms = known.get(id)?.msgstr ?? [];
    const wanted = plural ? formsOf(language).length : 1;
    if (forms.length !== wanted || forms.some((form) => !form))
      found.push(`${language}: not translated: ${id}`);
    else if (forms.some((form) => !hasSamePieces(id, form)))
      found.push(`${language}: other pieces than in: ${id}`);
  }
  for (const id of known.keys())
    if (!texts.has(id)) found.push(`${language}: not in the source any more: ${id}`);
  return found;
}

function hasSamePieces(id, translation) {
  const pieces = (text) => [...new Set(text.split(PIECES).filter((part) => PIECES.test(part)))].sort().join();
  return pieces(id) === pieces(translation);
}
