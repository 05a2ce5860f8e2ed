/** @typedef {{ type: string, value?: any, name?: any, parent?: Node, [key: string]: any }} Node */

/** The code that shows words to people. They come from the catalogues in ui/src/languages. */
const SHOWS_WORDS =
  /(?:^|\/)(ui\/src\/(?:app|arrangement|browser|components|format|hooks|layout|selectors|words)\/.*)$/;

/** Attributes, and properties of our own components, that people read or hear. */
const READ_BY_PEOPLE =
  /^(?:aria-(?:label|description|roledescription|valuetext|placeholder)|title|placeholder|alt|label|hint|text|advice|description|detail|problem|none|words|caption|summary)$/;

/** Attributes whose values look like words and are none. */
const NOT_READ = /^(?:.*class(?:Name)?|style|d|points|viewBox|transform|sizes|media|allow|content|rel)$/i;

/** The name of the project is the same in every language. */
const NAME = /^[ ·%s]*Parley$/;

/**
 * Files with texts for programs: scripts, names of alphabets, and pages that hold words of the catalogues between tags.
 */
const FOR_PROGRAMS =
  /^ui\/src\/(?:app\/service-worker\.js\/route|browser\/(?:call-needs|page-load)|format\/host-words)\.ts$/;

/** Functions whose texts nobody reads on the page: classes, selectors, errors and lines of the log. */
const NOT_SHOWN =
  /^(?:cn|cva|matchMedia|useMediaQuery|querySelector(?:All)?|closest|matches|includes|startsWith|endsWith|.*Event|.*Error|.*[lL]og)$/;

/** Classes of Tailwind, or of our style sheet, that are a plain word. */
const CLASS_WORDS = new Set(
  (
    'absolute antialiased aurora block border capitalize container contents fixed flex glass grayscale grid grow hidden inline invisible italic ' +
    'outline relative ring rounded shadow shrink static sticky table transition truncate underline uppercase visible'
  ).split(' '),
);

const LITERAL_WORDS =
  'Words that people read come from the catalogues in ui/src/languages; docs/languages.md says how.';

/**
 * The part of a file's path by which this rule knows it; undefined for a file in which words may stand.
 *
 * @param {string} filename
 */
export function placeOfWords(filename) {
  const [, path] = SHOWS_WORDS.exec(filename.replaceAll('\\', '/')) ?? [];
  return path === undefined || FOR_PROGRAMS.test(path) ? undefined : path;
}

/**
 * Whether a text looks like words of a person: several words, or one with a capital. Classes do not.
 *
 * @param {string} text
 */
export function readsLikeWords(text) {
  if (/^\p{Lu}\p{Ll}+[.!?:…]?$/u.test(text.trim())) return true;
  // `SameSite=None; Partitioned`, `[role="menu"]`
  if (/\w=["\w]/.test(text)) return false;
  return /\p{L}\p{P}*\s+\p{P}*\p{L}/u.test(text) && !text.trim().split(/\s+/).every(isClass);
}

/** @param {string} token */
function isClass(token) {
  return (
    CLASS_WORDS.has(token) || (/^[a-z!@[*-]/.test(token) && /[-:[\d]/.test(token) && !/[.,:!?…]$/.test(token))
  );
}

const hasLetters = (/** @type {string} */ text) => /\p{L}/u.test(text);

/**
 * Where a text goes: to people, to nobody, or unknown.
 *
 * @param {Node} node A literal, or a piece of a template.
 * @returns {'shown' | 'hidden' | 'unknown'}
 */
function destination(node) {
  let child = node;
  for (let parent = node.parent; parent; child = parent, parent = parent.parent) {
    switch (parent.type) {
      case 'JSXAttribute': {
        const name = nameOf(parent.name);
        if (READ_BY_PEOPLE.test(name)) return 'shown';
        return NOT_READ.test(name) ? 'hidden' : 'unknown';
      }
      case 'JSXElement':
      case 'JSXFragment':
        return 'shown';
      case 'BinaryExpression':
        if (parent.operator !== '+') return 'hidden';
        break;
      case 'MemberExpression':
        if (child === parent.property) return 'hidden';
        break;
      case 'SwitchCase':
        return child === parent.test ? 'hidden' : 'unknown';
      case 'ConditionalExpression':
        if (child === parent.test) return 'hidden';
        break;
      case 'CallExpression':
      case 'NewExpression':
        return NOT_SHOWN.test(calledName(parent.callee)) ? 'hidden' : 'unknown';
      case 'Property':
        // A `message` is for the log.
        if ((child === parent.key && !parent.computed) || nameOf(parent.key) === 'message') return 'hidden';
        if (READ_BY_PEOPLE.test(nameOf(parent.key))) return 'shown';
        break;
      case 'ExpressionStatement':
        return parent.directive === undefined ? 'unknown' : 'hidden';
      case 'TaggedTemplateExpression':
      case 'ImportDeclaration':
      case 'ImportExpression':
      case 'ExportNamedDeclaration':
      case 'ExportAllDeclaration':
      case 'ThrowStatement':
        return 'hidden';
      default:
        if (
          parent.type.startsWith('TS') &&
          parent.type !== 'TSAsExpression' &&
          parent.type !== 'TSSatisfiesExpression'
        )
          return 'hidden';
        if (/Statement$|Declaration$|Function/.test(parent.type)) return 'unknown';
    }
  }
  return 'unknown';
}

/** @param {Node | undefined} node */
function nameOf(node) {
  return String(node?.name ?? node?.value ?? '');
}

/**
 * @param {Node | undefined} callee
 * @returns {string}
 */
function calledName(callee) {
  if (callee?.type === 'MemberExpression') return nameOf(callee.property);
  // `pageLog()('error', 'page failed')`
  return callee?.type === 'CallExpression' ? calledName(callee.callee) : nameOf(callee);
}

/**
 * Whether a text in the code is words that people read.
 *
 * @param {Node} node A literal, or a piece of a template.
 * @param {string} text
 */
function isWords(node, text) {
  if (NAME.test(text)) return false;
  switch (destination(node)) {
    case 'shown':
      return hasLetters(text);
    case 'hidden':
      return false;
    default:
      return readsLikeWords(text);
  }
}

export const literalWords = {
  /** @param {{ filename: string, report: (problem: { message: string, node: object }) => void }} context */
  create(context) {
    if (placeOfWords(context.filename) === undefined) return {};
    const report = (/** @type {Node} */ node) => context.report({ message: LITERAL_WORDS, node });
    return {
      JSXText: (/** @type {Node} */ node) =>
        hasLetters(node.value) && !NAME.test(node.value.trim()) && report(node),
      Literal: (/** @type {Node} */ node) =>
        typeof node.value === 'string' && isWords(node, node.value) && report(node),
      TemplateElement: (/** @type {Node} */ node) => isWords(node, node.value.cooked ?? '') && report(node),
    };
  },
};
