import { displayNameSchema } from '@parley/proto';
import type { Rename } from '../call/index.ts';
import { errorWords } from './error-words.ts';

export type NameReading = { displayName: string; problem: null } | { displayName: null; problem: string };

/** The name that a person typed, as the others see it; or why it is refused. */
export function readName(typed: string): NameReading {
  const { data, error } = displayNameSchema.safeParse(typed);
  if (error === undefined) return { displayName: data, problem: null };
  return { displayName: null, problem: problemWords(error.issues[0]?.code) };
}

/** What became of a rename: one word, and it is the truth. */
export function renameWords(rename: Rename | null): { hint: string | null; problem: string | null } {
  if (rename === null) return { hint: null, problem: null };
  if (rename.status === 'kept') return { hint: 'Your name was changed', problem: null };
  if (rename.status === 'refused')
    return { hint: null, problem: `Your name was not changed. ${errorWords(rename.failure).title}.` };
  return {
    hint: rename.late ? 'The server cannot be reached. Your name changes as soon as it is back.' : 'Saving…',
    problem: null,
  };
}

/** Hebrew, Arabic, Syriac, Thaana, N'Ko, Adlam and the others that are written from the right. */
const FROM_THE_RIGHT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** A name for the inside of a sentence: isolated where its direction would turn the words around it. */
export function nameInWords(name: string): string {
  return FROM_THE_RIGHT.test(name) ? `\u2068${name}\u2069` : name;
}

function problemWords(code: string | undefined): string {
  if (code === 'too_small') return 'Enter your name so that the others know who you are.';
  if (code === 'custom') return 'A name needs a letter or a digit. Add one so that the others can call you.';
  if (code === 'too_big') return 'This name is too long. Use a shorter one.';
  return 'This name contains characters that cannot be shown. Delete it and type it again.';
}
