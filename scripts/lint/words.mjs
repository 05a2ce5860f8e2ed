/** A comment, or a sentence in one, may not begin so: its subject must be a named thing. */
const HEADLESS = /(?:^|[.!?:;]\s+)((?:Who|Whose|Whoever)\b[^.!?]{0,60})/g;
const TOLD = /\b(?:told|tells?)\b/i;

/** The most lines of source that may hold "told", "tell" or "tells". */
export const TOLD_LINES_MAX = 10;

/**
 * The comments of a source text, each with the number of its first line. Line comments that follow each other are one comment.
 *
 * @param {string} source TypeScript, JavaScript, Protocol Buffers or Lua.
 * @returns {{ line: number, text: string }[]}
 */
export function commentsOf(source) {
  /** @type {{ line: number, text: string }[]} */
  const comments = [];
  let isOpen = false;
  /** @type {boolean} */
  let isBlock = false;
  for (const [index, line] of source.split('\n').entries()) {
    const part = isBlock ? line : startOfComment(line);
    if (part === undefined) {
      isOpen = false;
      continue;
    }
    const text = part
      .replace(/\*\/.*$/, '')
      .replace(/^\s*\*/, '')
      .trim();
    const last = comments.at(-1);
    // A comment behind code stands alone, as a finished block does.
    const isLine = !isBlock && /^\s*(?:\/\/|--)/.test(line);
    if (last && isOpen && (isBlock || isLine)) last.text = `${last.text} ${text}`.trim();
    else comments.push({ line: index + 1, text });
    /** @type {boolean} */
    const opens = !isBlock && /^\s*(?:\{\s*)?\/\*/.test(line);
    isBlock = (isBlock || opens) && !line.includes('*/');
    isOpen = isBlock || isLine;
  }
  return comments;
}

/** @param {string} line */
function startOfComment(line) {
  const [, whole] = /^\s*(?:\/\/+|--|(?:\{\s*)?\/\*+)(.*)$/.exec(line) ?? [];
  const [, behind] = /[;,{})\]]\s+(?:\/\/|\/\*+)\s(.*)$/.exec(line) ?? [];
  return whole ?? behind;
}

/**
 * @param {string} source
 * @returns {{ headless: { line: number, words: string }[], told: { line: number, words: string }[] }}
 */
export function wordProblems(source) {
  const headless = commentsOf(source).flatMap(({ line, text }) =>
    [...text.matchAll(HEADLESS)].map(([, words = '']) => ({ line, words })),
  );
  const told = source
    .split('\n')
    .flatMap((text, index) => (TOLD.test(text) ? [{ line: index + 1, words: text.trim() }] : []));
  return { headless, told };
}
