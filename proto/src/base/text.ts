import { z } from 'zod';
import { asSeen, BLANKS, hasInk, hasLetterOrDigit } from './seen-text.ts';

/*
 * Words that people type or paste and that others see. The page reads them with these schemas before it sends them, and
 * the server again: what it reads is what holds. What does not show is taken out rather than refused, because copied
 * text often has it: direction marks of a contacts app, zero-width characters of a web page.
 */

/** Names need no format characters with ink (signs of the Quran), and private characters look different on each device. */
const NOT_IN_NAMES = /(?![\u200c-\u200d\u180e\u{e0020}-\u{e007f}])\p{Cf}|\p{Co}/gu;
/** Marks without a letter would sit on the words before the name. */
const MARKS_WITHOUT_LETTER = /^[\p{M}\u200c\u200d\s]+/u;

const LONE_SURROGATE = /\p{Cs}/u;
/** No control characters, and no half of a pair. */
const SHOWABLE_LINE = /^[^\p{Cc}\p{Cs}]*$/u;

const LINE_ENDS = /\r\n?|[\u0085\u2028\u2029]/gu;
/** A null character is no accident of copying. The server refuses it, as PostgreSQL would. */
const CONTROLS_IN_LINES = /(?![\0\n\t])\p{Cc}/gu;

/** One line as others see it; empty if nothing of it can be seen. */
function readLine(text: string): string {
  const blanked = text.replace(BLANKS, ' ').replace(NOT_IN_NAMES, '').replace(/\s+/gu, ' ');
  const read = asSeen(asSeen(blanked).replace(MARKS_WITHOUT_LETTER, '')).replace(/ {2,}/gu, ' ').trim();
  return hasInk(read) || LONE_SURROGATE.test(read) ? read : '';
}

/** A message as others see it; empty if nothing of it can be seen. Lines and blanks stay. */
function readText(text: string): string {
  const read = asSeen(text.replace(LINE_ENDS, '\n').replace(CONTROLS_IN_LINES, '')).trim();
  return hasInk(read) || LONE_SURROGATE.test(read) ? read : '';
}

/**
 * A name that everybody sees: one line in NFC with a letter or a digit, without control characters, direction marks and
 * characters that do not show, at most three marks on a letter, at most 64 UTF-16 units. Refused as too small if nothing
 * of it can be seen.
 */
export const displayNameSchema = z
  .string()
  .max(256)
  .transform(readLine)
  .pipe(
    z
      .string()
      .min(1)
      .max(64)
      .regex(SHOWABLE_LINE)
      .refine((name) => name === '' || hasLetterOrDigit(name), 'has no letter and no digit'),
  );

/** The title of a room, read like a name. Empty if nothing of it can be seen. */
export const roomTitleSchema = z
  .string()
  .max(256)
  .transform(readLine)
  .pipe(
    z
      .string()
      .max(120)
      .regex(SHOWABLE_LINE)
      .refine((title) => title === '' || hasLetterOrDigit(title), 'has no letter and no digit'),
  );

export const CHAT_TEXT_MAX = 2000;

/**
 * The text of a message: in NFC, without direction marks, control characters and characters that do not show, at most
 * three marks on a letter. Refused if nothing of it can be seen.
 */
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

/** What no file system, no address and no header takes well. */
const NOT_IN_FILE_NAMES = /[\\/:*?"<>|]/gu;

export const FILE_NAME_MAX = 200;

/** The name of a file as others see it: one line, no path, no direction marks that would hide how it ends. */
export const fileNameSchema = z
  .string()
  .max(1_000)
  .transform((name) =>
    shortenName(readLine(name.replace(NOT_IN_FILE_NAMES, '_')).replace(/^[. ]+|[. ]+$/gu, '')),
  )
  .pipe(z.string().min(1).max(FILE_NAME_MAX).regex(SHOWABLE_LINE));

/** Keeps the ending, which says what the file is. */
function shortenName(name: string): string {
  if (name.length <= FILE_NAME_MAX) return name;
  const ending = /\.[\w-]{1,16}$/u.exec(name)?.[0] ?? '';
  const beginning = name.slice(0, FILE_NAME_MAX - ending.length).replace(/[\uD800-\uDBFF]$/, '');
  return beginning + ending;
}
