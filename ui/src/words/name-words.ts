import { displayNameSchema } from '@parley/proto/text';
import type { Rename } from '../call/index.ts';
import { LANGUAGES, languageOf } from '../languages/languages.ts';
import type { Words } from '../languages/words.ts';
import { errorWords } from './error-words.ts';

export type NameReading = { displayName: string; problem: null } | { displayName: null; problem: string };

/** The name that a person typed, as the others see it; or why it is refused. */
export function readName({ t }: Words, typed: string): NameReading {
  const { data, error } = displayNameSchema.safeParse(typed);
  if (error === undefined) return { displayName: data, problem: null };
  return { displayName: null, problem: t(`people.name.${refusalOf(error.issues[0]?.code)}`) };
}

/** What became of a rename: one word, and it is the truth. */
export function renameWords(
  words: Words,
  rename: Rename | null,
): { hint: string | null; problem: string | null } {
  if (rename === null) return { hint: null, problem: null };
  if (rename.status === 'kept') return { hint: words.t('people.name.changed'), problem: null };
  if (rename.status === 'refused')
    return {
      hint: null,
      problem: words.t('people.name.notChanged', { reason: errorWords(words, rename.failure).title }),
    };
  return {
    hint: words.t(rename.late ? 'people.name.late' : 'people.name.saving'),
    problem: null,
  };
}

/** Hebrew, Arabic, Syriac, Thaana, N'Ko, Adlam and the others that are written from the right. */
const FROM_THE_RIGHT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** A name for the inside of a sentence: isolated where its direction, or that of the language, would turn the words around it. */
export function nameInWords(words: Words, name: string): string {
  const { direction } = LANGUAGES[languageOf(words.locale)];
  return direction === 'rtl' || FROM_THE_RIGHT.test(name) ? `\u2068${name}\u2069` : name;
}

function refusalOf(code: string | undefined): 'missing' | 'noLetter' | 'tooLong' | 'cannotBeShown' {
  if (code === 'too_small') return 'missing';
  if (code === 'custom') return 'noLetter';
  return code === 'too_big' ? 'tooLong' : 'cannotBeShown';
}
