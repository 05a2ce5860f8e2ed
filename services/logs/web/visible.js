/**
 * Characters that do something instead of being seen: control characters, line and paragraph separators, and those
 * that change the direction of text, or take no room.
 */
const INVISIBLE =
  /[\p{Cc}\p{Zl}\p{Zp}\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;

/** @type {Readonly<Record<string, string>>} */
const SHORT = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\u001b': '\\x1b' };

/**
 * The text with such characters written out, so that whoever wrote it cannot make a line look like two or like
 * something else.
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
