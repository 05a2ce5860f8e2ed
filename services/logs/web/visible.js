/**
 * Characters that act instead of being seen: control characters, line and paragraph separators, characters without width,
 * and those that change the direction of text.
 */
const INVISIBLE =
  /[\p{Cc}\p{Zl}\p{Zp}\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;

/** @type {Readonly<Record<string, string>>} */
const SHORT = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\u001b': '\\x1b' };

/**
 * Writes such characters out as escapes, so that the text of one line can look neither like two lines nor like another
 * text.
 *
 * @param {string} text
 */
export function visible(text) {
  return text.replace(INVISIBLE, (character) => SHORT[character] ?? writtenOut(character));
}

/** @param {string} character */
function writtenOut(character) {
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
}
