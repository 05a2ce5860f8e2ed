import type { PastAct } from '@parley/proto/rest';
import type { Words } from '../languages/words.ts';
import { nameInWords } from './name-words.ts';

/** One act of the log of a room, as a sentence. */
export function pastActWords(words: Words, { kind, byName, toName, detail }: PastAct): string {
  const { t } = words;
  const nameOf = (name: string) => nameInWords(words, name === '' ? t('history.people.deleted') : name);
  const nobody = kind === 'call-ended' ? t('history.acts.anOperator') : t('history.acts.rules');
  return t(`history.acts.${kind}`, {
    by: byName === null ? nobody : nameOf(byName),
    to: toName === null ? '' : nameOf(toName),
    detail,
  });
}
