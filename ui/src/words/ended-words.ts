import type { Act } from '@parley/proto/room';
import type { CallError } from '../call/index.ts';
import type { Words } from '../languages/words.ts';
import { actWords } from './act-words.ts';
import { errorWords, type ErrorWords } from './error-words.ts';

/** The act that ended the call of this person with this error. */
const ACTS: Partial<Record<CallError['code'], Act['kind']>> = {
  session_removed: 'removed',
  session_banned: 'banned',
  session_call_ended: 'call-ended',
};

/** Why a call is over. Where a person ended it, the words name that person. */
export function endedWords(words: Words, error: CallError, lastAct: Act | null): ErrorWords {
  const isCause = lastAct !== null && lastAct.byName !== null && lastAct.kind === ACTS[error.code];
  return { ...errorWords(words, error), ...(isCause ? actWords(words, lastAct) : undefined) };
}
