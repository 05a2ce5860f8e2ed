import { ROOM_CODE_LENGTH, formatRoomCode, type RoomCode } from '../base/ids.ts';

const READ_MAX = 20_000;

const SYMBOL = '[a-hjkmnp-z02-9]';
const DASHED = `${SYMBOL}{4}[\\s-]*${SYMBOL}{4}[\\s-]*${SYMBOL}{3}`;
const CLOSED = `${SYMBOL}{4}-${SYMBOL}{4}-${SYMBOL}{3}`;
/** Neither a letter, a digit nor another part of a longer name follows. */
const END = '(?!-?[a-z0-9])';

/** From the surest place to the least sure one: the path of a link, a code as we write it, nothing but a code. */
const PLACES = [
  new RegExp(`/r/(${DASHED})${END}`, 'u'),
  new RegExp(`(?:^|[^a-z0-9-])(${CLOSED})${END}`, 'u'),
  new RegExp(`^[^a-z0-9]*(${DASHED})[^a-z0-9]*$`, 'u'),
  new RegExp(`/(${DASHED})/*(?:[?#]|$)`, 'u'),
];

/**
 * Finds the code of a room in what a person typed or pasted: a code with or without dashes, a link, a whole invitation.
 * Programs put punctuation, quotes, other dashes and characters that do not show into links. Undefined if there is none.
 */
export function parseRoomCode(input: string): RoomCode | undefined {
  const text = decoded(input.slice(0, READ_MAX)).normalize('NFKC').toLowerCase();
  const dashes = text.replace(/[\p{Pd}\u2043\u2212]/gu, '-');
  // Characters that do not show may stand inside the code, or between the code and the next word.
  return (
    findIn(dashes.replace(/\p{Default_Ignorable_Code_Point}/gu, '')) ??
    findIn(dashes.replace(/\p{Default_Ignorable_Code_Point}/gu, ' '))
  );
}

function findIn(text: string): RoomCode | undefined {
  for (const place of PLACES) {
    const symbols = place.exec(text)?.[1]?.replace(/[\s-]/g, '');
    if (symbols?.length === ROOM_CODE_LENGTH) return formatRoomCode(symbols);
  }
  return undefined;
}

/** Without percent encoding; twice, because a link in a link is encoded twice. */
function decoded(text: string): string {
  const once = text.replace(/(?:%[0-9a-f]{2})+/gi, decodeRun);
  return once === text ? text : once.replace(/(?:%[0-9a-f]{2})+/gi, decodeRun);
}

function decodeRun(run: string): string {
  try {
    return decodeURIComponent(run);
  } catch {
    return ' ';
  }
}
