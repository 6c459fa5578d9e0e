// Finds the texts that people read in a source file, and writes the file with them in another language.
import { parse } from 'svelte/compiler';
import { walk } from 'zimmerframe';

import { isCode, isLetters, isSaid, isWords, nameOf, PIECES } from './rules.js';

/**
 * One text of a file. `start` and `end` are its place; `write` makes source of its translation, one string, or one
 * for each plural form.
 * @typedef {{ id: string, plural: string, start: number, end: number, write: (forms: string[]) => string }} Text
 */

const SCRIPT = '<script module lang="ts">';

export class Source {
  /** @type {Text[]} what stands around others comes before them. */
  texts = [];
  /** @type {(text: Text) => string[]} */
  #translation = (text) => (text.plural ? [text.id, text.plural] : [text.id]);

  /** @param {string} code of a component or a TypeScript module. @param {string} file its name */
  constructor(code, file) {
    const isComponent = file.endsWith('.svelte');
    this.before = isComponent ? 0 : SCRIPT.length;
    this.code = isComponent ? code : `${SCRIPT}${code}</script>`;
    walk(parse(this.code, { modern: true }), { source: this }, VISITORS);
    this.texts.sort((one, other) => one.start - other.start || other.end - one.end);
  }

  /** The same source in the language of `translation`: for each text its forms. */
  translated(translation) {
    this.#translation = translation;
    return this.slice(this.before, this.code.length - (this.before ? '</script>'.length : 0));
  }

  /** The source between two places, with every text in it translated. */
  slice(start, end) {
    let written = '';
    let at = start;
    for (const text of this.texts) {
      if (text.start < at || text.end > end) continue;
      written += this.code.slice(at, text.start) + text.write(this.#translation(text));
      at = text.end;
    }
    return written + this.code.slice(at, end);
  }

  add(id, node, write, plural = '') {
    this.texts.push({ id, plural, start: node.start, end: node.end, write });
  }
}

/** The pieces of a text on their way into its id: `{name}` for what is put in, `<0>…</0>` for elements. */
class Sentence {
  id = '';
  /** @type {Map<string, () => string>} what stands for a piece in the source */
  pieces = new Map();

  constructor(source) {
    this.source = source;
  }

  word(text) {
    this.id += text.replace(/\s+/g, ' ');
  }

  put(expression, start, end) {
    const wanted = nameOf(expression) || 'value';
    let name = wanted;
    for (let more = 2; this.pieces.has(`{${name}}`); more += 1) name = wanted + more;
    this.id += `{${name}}`;
    this.pieces.set(`{${name}}`, () => this.source.slice(start, end));
  }

  /** A node of markup. Returns the nodes inside it that hold texts of their own. */
  node(node) {
    if (node.type === 'Text') return this.word(node.data);
    if (node.type === 'Comment') return undefined;
    if (node.type === 'ExpressionTag') return this.put(node.expression, node.start, node.end);
    const number = [...this.pieces.keys()].filter((key) => /^<\d/.test(key)).length;
    const inner = node.fragment?.nodes ?? [];
    if (!hasWords(node)) {
      this.id += `<${number}/>`;
      this.pieces.set(`<${number}/>`, () => this.source.slice(node.start, node.end));
      return undefined;
    }
    this.pieces.set(`<${number}>`, () => this.source.slice(node.start, inner[0].start));
    this.id += `<${number}>`;
    for (const child of inner) this.node(child);
    this.id += `</${number}>`;
    this.pieces.set(`</${number}>`, () => this.source.slice(inner.at(-1).end, node.end));
    return undefined;
  }

  /** Source of a translation, its words written by `escape`. */
  write(translation, escape) {
    return translation
      .split(PIECES)
      .map((piece) => (this.pieces.has(piece) ? this.pieces.get(piece)() : escape(piece)))
      .join('');
  }
}

function isElement(node) {
  return node.type === 'RegularElement' || node.type === 'Component';
}

/** Whether a sentence goes through a node: it is text, or an element with text in it. */
function hasWords(node) {
  if (node.type === 'Text') return isLetters(node.data);
  return isElement(node) && !isCode(node) && node.fragment.nodes.some(hasWords);
}

const ENTITIES = { '&': '&amp;', '<': '&lt;', '{': '&#123;', '}': '&#125;', '"': '&quot;' };
const markup = (text) => text.replace(/[&<{}"]/g, (letter) => ENTITIES[letter]);
const template = (text) => text.replace(/[\\`]|\$\{/g, (letter) => `\\${letter}`);

/** The nodes between which a sentence lies: what is at its ends and has no words of it is left where it is. */
function sentenceNodes(nodes) {
  const isPart = (node) =>
    hasWords(node) || node.type === 'ExpressionTag' || (node.type === 'Text' && node.data.trim());
  const part = nodes.map((node) => Boolean(isPart(node)));
  return nodes.slice(part.indexOf(true), part.lastIndexOf(true) + 1);
}

/** Without the white space at its ends, which stays as it is in the source. */
function placeOf(code, nodes) {
  const raw = code.slice(nodes[0].start, nodes.at(-1).end);
  const start = nodes[0].start + raw.length - raw.trimStart().length;
  return { start, end: nodes.at(-1).end - (raw.length - raw.trimEnd().length) };
}

function fragment(node, { state: { source }, visit, path }) {
  const parent = path.at(-1);
  if (isCode(parent)) return;
  const isSentence = node.nodes.some((child) => child.type === 'Text' && isLetters(child.data));
  const nodes = isSentence ? sentenceNodes(node.nodes) : [];
  if (nodes.length > 0) {
    const sentence = new Sentence(source);
    for (const child of nodes) sentence.node(child);
    source.add(sentence.id.trim(), placeOf(source.code, nodes), ([text]) => sentence.write(text, markup));
  }
  const within = (child) => {
    if (!hasWords(child) || !isElement(child)) return visit(child);
    for (const attribute of child.attributes) visit(attribute);
    for (const inner of child.fragment.nodes) within(inner);
    return undefined;
  };
  for (const child of node.nodes) (nodes.includes(child) ? within : visit)(child);
}

function attribute(node, { state: { source }, next }) {
  next();
  if (!Array.isArray(node.value)) return;
  const words = node.value.map((part) => (part.type === 'Text' ? part.data : '')).join('');
  if (!isSaid(node.name, words)) return;
  const sentence = new Sentence(source);
  for (const part of node.value) sentence.node(part);
  const place = { start: node.value[0].start, end: node.value.at(-1).end };
  source.add(sentence.id, place, ([text]) => sentence.write(text, markup));
}

function literal(node, { state: { source }, path }) {
  if (typeof node.value !== 'string' || !isWords(node.value) || isName(node, path)) return;
  source.add(node.value, node, ([text]) => JSON.stringify(text));
}

/** A string that programs compare, look up or throw. */
function isName(node, path) {
  const parent = path.at(-1);
  if (parent.type === 'BinaryExpression') return /^[!=]=|^in$/.test(parent.operator);
  if (parent.type === 'Property') return parent.key === node;
  if (parent.type === 'MemberExpression') return parent.property === node;
  if (parent.type === 'NewExpression') return /(Error|Exception|RegExp)$/.test(parent.callee.name ?? '');
  return [
    'SwitchCase',
    'ImportDeclaration',
    'ImportExpression',
    'ExportNamedDeclaration',
    'ExportAllDeclaration',
  ].includes(parent.type);
}

/** `isMarked`: whoever wrote it says that it is a text, whatever it begins with. */
function templateLiteral(node, { state: { source }, next, path }, isMarked = false) {
  next();
  const [first] = node.quasis;
  if (!isMarked && (!isWords(first.value.cooked) || isName(node, path))) return;
  const sentence = new Sentence(source);
  node.quasis.forEach((quasi, at) => {
    sentence.id += quasi.value.cooked;
    const put = node.expressions[at];
    if (put) sentence.put(put, put.start, put.end);
  });
  for (const [key, piece] of sentence.pieces) sentence.pieces.set(key, () => `\${${piece()}}`);
  source.add(sentence.id, node, ([text]) => `\`${sentence.write(text, template)}\``);
}

function call(node, context) {
  const { source } = context.state;
  const name = node.callee.type === 'Identifier' ? node.callee.name : '';
  const [first, forms, ...rest] = node.arguments;
  if (name === 'phrase' && first?.type === 'Literal') {
    source.add(first.value, first, ([text]) => JSON.stringify(text));
  } else if (name === 'phrase' && first?.type === 'TemplateLiteral') {
    for (const put of first.expressions) context.visit(put);
    templateLiteral(first, { ...context, next: () => undefined }, true);
  } else if (name === 'plural' && forms?.type === 'ArrayExpression') {
    for (const put of [first, ...rest]) context.visit(put);
    const [one, other] = forms.elements.map((element) => element.value);
    source.add(one, forms, (all) => JSON.stringify(all), other);
  } else {
    context.next();
  }
}

const nothing = () => undefined;
const inside = (node, { visit }) => void visit(node.expression);

/** How each kind of node is read; all others are passed through. */
const VISITORS = {
  Fragment: fragment,
  Attribute: attribute,
  Literal: literal,
  TemplateLiteral: templateLiteral,
  CallExpression: call,
  TaggedTemplateExpression: nothing,
  StyleSheet: nothing,
  TSAsExpression: inside,
  TSSatisfiesExpression: inside,
  TSNonNullExpression: inside,
  TSTypeAnnotation: nothing,
  TSTypeParameterInstantiation: nothing,
  TSTypeParameterDeclaration: nothing,
  TSTypeAliasDeclaration: nothing,
  TSInterfaceDeclaration: nothing,
};
