// A Vite plugin: the source goes into the build with its texts in another language.
import { formsOf, isTranslated, path, read, SOURCE } from './catalogue.js';
import { Source } from './source.js';

/** @param {string} language has a catalogue with every text; the build fails where one is missing. */
export function inLanguage(language) {
  if (language === SOURCE) return null; // as it was written
  const known = new Map(read(path(language)).items.map((item) => [item.msgid, item.msgstr]));
  const forms = formsOf(language).length;

  function translation(file) {
    return ({ id, plural }) => {
      const found = known.get(id) ?? [];
      if (found.length === (plural ? forms : 1) && found.every(Boolean)) return found;
      throw new Error(`${file}: no translation into "${language}" of: ${id}`);
    };
  }

  return {
    name: 'texts',
    enforce: 'pre',
    transform(code, id) {
      const [file] = id.split('?', 1);
      if (!isTranslated(file) || id !== file) return null;
      return { code: new Source(code, file).translated(translation(file)), map: null };
    },
  };
}
