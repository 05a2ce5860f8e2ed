import { z } from 'zod';

/*
 * Words that people type or paste and that others see. What does not show is taken out rather than refused, because
 * copied text often has it: direction marks of a contacts app, zero-width characters of a web page.
 */

/** Direction marks, isolates and overrides. The page isolates names, and overrides can turn a text round. */
const DIRECTION = /\p{Bidi_Control}/gu;
const OVERRIDES = /[\u202d\u202e]/gu;

/** Letters and symbols without ink, which are no spaces to Unicode. */
const BLANKS = /[\u{16fe4}\u2800\u{13441}\u{13442}\u{1d159}]/gu;

/**
 * Characters that do not show by themselves. A match of more than one character is the flag of a region: tag
 * characters show only there. Joiners and variation selectors stay, because emoji and many scripts need them.
 */
const IGNORABLE =
  /\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{1,8}\u{e007f}|(?![\u200c\u200d]|[\ufe00-\ufe0f]|[\u180b-\u180d]|\u180f|[\u{e0100}-\u{e01ef}])\p{Default_Ignorable_Code_Point}/gu;

/** Joiners that join nothing: at an end of a word, or after another one. */
const LOOSE_JOINERS = /^[\u200c\u200d]+|[\u200c\u200d]+$|([\u200c\u200d])[\u200c\u200d]+/gu;

/** Four marks on a letter are enough for every living script. Dozens cover the lines around them. */
const TOO_MANY_MARKS = /((?:\p{M}\p{Cf}*){3}\p{M})[\p{M}\p{Cf}]*\p{M}/gu;

/** A character with ink. A mark alone has none that can be read. */
const VISIBLE = /[^\p{Default_Ignorable_Code_Point}\p{Z}\p{Cc}\p{Cf}\p{Cs}\p{M}]/u;

const LONE_SURROGATE = /\p{Cs}/u;
/** No control characters, and no half of a pair. */
const SHOWABLE_LINE = /^[^\p{Cc}\p{Cs}]*$/u;

/** One line as others see it; empty if nothing of it can be seen. */
function readLine(text: string): string {
  const inked = text.replace(BLANKS, ' ').replace(DIRECTION, '').replace(IGNORABLE, keepFlags);
  const words = inked.split(/\s+/u).map((word) => word.replace(LOOSE_JOINERS, '$1'));
  const line = words.filter((word) => word !== '').join(' ');
  const read = line.normalize('NFC').replace(TOO_MANY_MARKS, '$1');
  return VISIBLE.test(read) || LONE_SURROGATE.test(read) ? read : '';
}

function keepFlags(match: string): string {
  return match.startsWith('\u{1f3f4}') ? match : '';
}

/** A message as others see it; empty if nothing of it can be seen. Lines, blanks and direction marks stay. */
function readText(text: string): string {
  const read = text.replace(OVERRIDES, '').replace(TOO_MANY_MARKS, '$1').trim();
  return VISIBLE.test(read.replace(BLANKS, ' ')) || LONE_SURROGATE.test(read) ? read : '';
}

/**
 * A name that everybody sees: one line without control characters, direction marks and characters that do not show, at
 * most four marks on a letter, at most 64 UTF-16 units. Refused if nothing of it can be seen.
 */
export const displayNameSchema = z
  .string()
  .max(256)
  .transform(readLine)
  .pipe(z.string().min(1).max(64).regex(SHOWABLE_LINE));

/** The title of a room, read like a name. Empty if nothing of it can be seen. */
export const roomTitleSchema = z
  .string()
  .max(256)
  .transform(readLine)
  .pipe(z.string().max(120).regex(SHOWABLE_LINE));

export const CHAT_TEXT_MAX = 2000;

/** The text of a message, at most four marks on a letter. Refused if nothing of it can be seen. */
export const chatTextSchema = z
  .string()
  .max(2 * CHAT_TEXT_MAX)
  .transform(readText)
  .pipe(
    z
      .string()
      .min(1)
      .max(CHAT_TEXT_MAX)
      .regex(/^\P{Cs}*$/u),
  );
