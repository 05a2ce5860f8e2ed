/** @import { Line } from './wire-types.js' */

/** A row shows these fields in columns of their own. */
const SHOWN_ELSEWHERE = new Set(['level', 'time', 'service', 'pid', 'msg', 'traceId']);
const INLINE_CHARACTERS_MAX = 400;

/**
 * The fields of a line, or undefined if the line is not JSON or is cut.
 *
 * @param {Line} line
 * @returns {Record<string, unknown> | undefined}
 */
export function readFields(line) {
  if (!line.isJson || line.isCut) return undefined;
  try {
    const value = /** @type {unknown} */ (JSON.parse(line.text));
    return typeof value === 'object' && value !== null
      ? /** @type {Record<string, unknown>} */ (value)
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The text behind the message of a row: `room=… peer=…`.
 *
 * @param {Record<string, unknown>} fields
 */
export function inlineFields(fields) {
  const parts = [];
  let characters = 0;
  for (const [name, value] of Object.entries(fields).flatMap(unwrapData)) {
    if (SHOWN_ELSEWHERE.has(name)) continue;
    const part = `${name}=${inlineValue(value)}`;
    parts.push(part);
    characters += part.length;
    if (characters > INLINE_CHARACTERS_MAX) break;
  }
  return parts.join(' ').slice(0, INLINE_CHARACTERS_MAX);
}

/**
 * The fields that a browser sent are inside `data`, so that they cannot replace fields of ours. A row shows them without
 * that wrapping.
 *
 * @param {[string, unknown]} field
 * @returns {[string, unknown][]}
 */
function unwrapData([name, value]) {
  if (name !== 'data' || typeof value !== 'object' || value === null) return [[name, value]];
  return Object.entries(value).filter(([inner]) => !SHOWN_ELSEWHERE.has(inner));
}

/** @param {unknown} value */
function inlineValue(value) {
  if (typeof value === 'string') return value;
  if (isError(value)) return String(value.message);
  return JSON.stringify(value);
}

/**
 * All fields as names and texts; the fields of an object get names like `name.inner`.
 *
 * @param {Record<string, unknown>} fields
 * @param {string} [prefix]
 * @returns {[string, string][]}
 */
export function flatFields(fields, prefix = '') {
  return Object.entries(fields).flatMap(([name, value]) => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return flatFields(/** @type {Record<string, unknown>} */ (value), `${prefix}${name}.`);
    }
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return /** @type {[string, string][]} */ ([[`${prefix}${name}`, text]]);
  });
}

/**
 * @param {unknown} value
 * @returns {value is { message: unknown }}
 */
function isError(value) {
  return typeof value === 'object' && value !== null && 'message' in value && 'type' in value;
}
