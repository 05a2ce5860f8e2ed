const MEGABYTE = 1_000_000;

/** @param {number} value @param {number} digits */
function pad(value, digits) {
  return String(value).padStart(digits, '0');
}

/**
 * Month, day and time to the millisecond, in the time zone of the browser: `11-21 09:30:00.123`.
 *
 * @param {number} time Milliseconds since the Unix epoch.
 */
export function timeWords(time) {
  const date = new Date(time);
  const day = `${pad(date.getMonth() + 1, 2)}-${pad(date.getDate(), 2)}`;
  return `${day} ${clockWords(time)}`;
}

/** @param {number} time */
export function clockWords(time) {
  const date = new Date(time);
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => pad(part, 2)).join(':');
  return `${clock}.${pad(date.getMilliseconds(), 3)}`;
}

/**
 * The time since the first line, in seconds: `+0.042`.
 *
 * @param {number} ms
 */
export function sinceWords(ms) {
  return `${ms < 0 ? '−' : '+'}${(Math.abs(ms) / 1000).toFixed(3)}`;
}

/** @param {number} bytes */
export function sizeWords(bytes) {
  if (bytes < MEGABYTE / 10) return `${Math.ceil(bytes / 1000)} KB`;
  return `${(bytes / MEGABYTE).toFixed(bytes < 10 * MEGABYTE ? 1 : 0)} MB`;
}

/**
 * @param {number} count
 * @param {string} noun
 */
export function countWords(count, noun) {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

/**
 * The value of a `datetime-local` field, to the millisecond.
 *
 * @param {number} time
 */
export function localFieldValue(time) {
  const date = new Date(time);
  return `${date.getFullYear()}-${pad(date.getMonth() + 1, 2)}-${pad(date.getDate(), 2)}T${clockWords(time)}`;
}
