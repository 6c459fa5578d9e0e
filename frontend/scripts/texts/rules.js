// What counts as a text that people read, and what it is made of.

/** Attributes that hold words, whatever letter these begin with. */
const SAID_BY = new Set(['aria-label', 'aria-valuetext', 'alt', 'hint', 'label', 'placeholder', 'title']);
/** Inside a text: what is put in, and elements around some of its words. */
export const PIECES = /(\{\w+\}|<\/?\d+\/?>)/;
/** What begins like a word and is none: names, headers, errors, keys, the shapes of icons. */
const NAMES =
  /^(Revue|Escape|Edg|(X|Cache|Content)(-\w+)+|\w*Error|DOMContentLoaded|Arrow\w*|Page[A-Z]\w+|M\d.*)$/;
const CODE = new Set(['code', 'pre', 'script', 'style']);
/** Attributes that hold code. */
const CODE_IN = new Set(['class', 'generics', 'href', 'pattern', 'src']);

export function isLetters(text) {
  return /\p{L}/u.test(text);
}

/** Whether an attribute says something to people. */
export function isSaid(name, words) {
  return (
    isLetters(words) &&
    !words.includes('://') &&
    (SAID_BY.has(name) || (isWords(words) && !CODE_IN.has(name)))
  );
}

export function isCode(node) {
  return CODE.has(node?.name);
}

/** Whether a string in a program is for people: it begins with a capital letter and has small ones. */
export function isWords(text) {
  return /^\p{Lu}/u.test(text) && /\p{Ll}/u.test(text) && !NAMES.test(text);
}

/** What a translator sees in place of an expression. */
export function nameOf(node) {
  switch (node.type) {
    case 'Identifier':
      return node.name;
    case 'MemberExpression':
      return node.computed ? nameOf(node.object) : node.property.name;
    case 'ChainExpression':
    case 'TSNonNullExpression':
      return nameOf(node.expression);
    case 'CallExpression':
      return (node.arguments[0] && nameOf(node.arguments[0])) || nameOf(node.callee.object ?? node.callee);
    case 'LogicalExpression':
      return nameOf(node.left);
    default:
      return '';
  }
}
