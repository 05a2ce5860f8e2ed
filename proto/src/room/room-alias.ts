import { createHmac } from 'node:crypto';

/** A code in a text. What stands before it may be percent encoding, as in `%2Fabcd-efgh-jkm`. */
const CODE =
  /(?:(?<![a-z0-9])|(?<=%[0-9a-f]{2}))[a-hjkmnp-z02-9]{4}-[a-hjkmnp-z02-9]{4}-[a-hjkmnp-z02-9]{3}(?![a-z0-9])/gi;
const CODE_LENGTH = 13;

/**
 * The name of a room in logs. Anybody with the code of a room can enter it, so logs have this in its place. The same key gives a
 * room the same name everywhere; without the key nobody finds the code that belongs to a name.
 */
export function roomAlias(key: string, code: string): string {
  const digest = createHmac('sha256', key).update(`room ${code.toLowerCase()}`).digest('hex');
  return `room-${digest.slice(0, 16)}`;
}

/** The text with the alias of each room in place of its code. */
export function hideRoomCodes(key: string, text: string): string {
  if (text.length < CODE_LENGTH) return text;
  return text.replace(CODE, (code) => roomAlias(key, code));
}
