// @vitest-environment node
import { describe, expect, it } from 'vitest';

import PO from 'pofile';

import { faults, languages, merged, path, read, template } from './catalogue.js';
import { inLanguage } from './plugin.js';
import { Source } from './source.js';

const ids = (code, file = 'Some.svelte') => new Source(code, file).texts.map(({ id }) => id);

/** The source with each text as this table has it. */
function written(code, table, file = 'Some.svelte') {
  return new Source(code, file).translated(({ id }) => [table[id] ?? `?${id}`].flat());
}

/** A language's catalogue from its texts. */
function catalogue(texts) {
  const made = new PO();
  for (const [id, msgstr] of Object.entries(texts)) {
    made.items.push(Object.assign(new PO.Item(), { msgid: id, msgstr: [msgstr].flat() }));
  }
  return made;
}

const text = (id, plural = '') => [id, { id, plural, files: new Set(['src/Some.svelte']) }];

describe('what is a text', () => {
  it('is what markup says, and each attribute that speaks', () => {
    const code = `<button class="Big" aria-label="close it" onclick={() => go('Away')}><Icon name="x" /> Close it </button>`;
    expect(ids(code)).toEqual(['close it', 'Away', 'Close it']);
  });

  it('is a string that begins with a capital letter, unless a program compares or looks it up', () => {
    const code = `const title = 'Sign in'; const kind = 'plain';
      if (event.key === 'Enter') headers.set('X-Kind', values['Some']);
      throw new Error('Never shown');`;
    expect(ids(code, 'some.ts')).toEqual(['Sign in']);
  });

  it('is one sentence, with a name for what is put in and numbers for elements around words', () => {
    const code = `<p>By {item.author.name} in <b>{count(likes)} likes</b>, {#if isNew}<i>New</i>{/if} today</p>`;
    expect(ids(code)).toEqual(['By {name} in <0>{likes} likes</0>, <1/> today', 'New']);
  });

  it('is what phrase and plural are given', () => {
    const code = "phrase(`${a} of ${b}`); plural(n, ['# day', '# days'])";
    const [phrase, plural] = new Source(code, 'some.ts').texts;
    expect([phrase.id, plural.id, plural.plural]).toEqual(['{a} of {b}', '# day', '# days']);
  });
});

describe('the source in another language', () => {
  it('has its elements and what is put in where the translation wants them', () => {
    const code = `<p>\n  Look: <a href="/x" title="More">the {kind}</a> by {name}.\n</p>`;
    const table = {
      'Look: <0>the {kind}</0> by {name}.': 'Von {name} & Co: <0>{kind}</0>!',
      More: 'Mehr "davon"',
    };
    expect(written(code, table)).toBe(
      `<p>\n  Von {name} &amp; Co: <a href="/x" title="Mehr &quot;davon&quot;">{kind}</a>!\n</p>`,
    );
  });

  it('is a program as before', () => {
    const code = "say(`Gone: ${name('Bob')}`); plural(n, ['# day', '# days'], shown);";
    const table = { 'Gone: {name}': 'Weg `{name}`', Bob: "B'ob", '# day': ['# Tag', '# Tage'] };
    expect(written(code, { ...table, 'Gone: {value}': 'Weg `{value}`' }, 'some.ts')).toBe(
      'say(`Weg \\`${name("B\'ob")}\\``); plural(n, ["# Tag","# Tage"], shown);',
    );
  });
});

describe('a catalogue', () => {
  const texts = new Map([text('Hello {name}'), text('# day', '# days'), text('New')]);

  it('has no fault when each text is there, in as many forms as its language has', () => {
    const forms = ['0', 'يوم', 'يومان', '# أيام', '# يومًا', '# يوم'];
    expect(
      faults('ar', texts, catalogue({ 'Hello {name}': 'مرحبًا {name}', '# day': forms, New: 'جديد' })),
    ).toEqual([]);
  });

  it('names what is missing, what has lost a piece, and what the source no longer says', () => {
    const found = faults(
      'de',
      texts,
      catalogue({ 'Hello {name}': 'Hallo', '# day': ['# Tag'], New: '', Old: 'Alt' }),
    );
    expect(found).toEqual([
      'de: other pieces than in: Hello {name}',
      'de: not translated: # day',
      'de: not translated: New',
      'de: not in the source any more: Old',
    ]);
  });

  it('keeps its translations when the source changes, and gets the new texts empty', () => {
    const after = PO.parse(merged('de', texts, catalogue({ New: 'Neu', Old: 'Alt' })));
    expect(after.items.map(({ msgid, msgstr }) => [msgid, ...msgstr])).toEqual([
      ['Hello {name}', ''],
      ['# day', '', ''],
      ['New', 'Neu'],
    ]);
  });

  it('has a template that changes with the source', () => {
    const before = template(texts);
    expect(template(new Map([...texts, text('More')]))).not.toBe(before);
    expect(template(new Map(texts))).toBe(before);
  });
});

describe('the build', () => {
  it.each(languages())('fails where a text has no translation into %s', (language) => {
    const { transform } = inLanguage(language);
    const [known] = read(path(language)).items;
    expect(transform(`<p>${known.msgid}</p>`, '/src/Some.svelte').code).toContain(known.msgstr[0]);
    expect(() => transform('<p>Nobody has translated this</p>', '/src/Some.svelte')).toThrow(
      'no translation',
    );
  });
});
