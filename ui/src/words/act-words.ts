import type { Act } from '@parley/proto/room';
import type { Words } from '../languages/words.ts';
import { nameInWords } from './name-words.ts';

type ActWords = { title: string; advice: string };
type Key =
  | 'muted'
  | 'mutedForNow'
  | 'mutedByRules'
  | 'asked'
  | 'stopped'
  | 'stoppedByRules'
  | 'handLowered'
  | 'roleChanged'
  | 'hostByRules'
  | 'removed'
  | 'banned'
  | 'ended';

/** For each act that concerns a person: the text if somebody did it, and the text if the rules of the room did. */
const KEYS: Partial<Record<Act['kind'], readonly [byPerson: Key, byRules: Key]>> = {
  muted: ['muted', 'mutedByRules'],
  'asked-to-unmute': ['asked', 'asked'],
  stopped: ['stopped', 'stoppedByRules'],
  'hand-lowered': ['handLowered', 'handLowered'],
  'role-changed': ['roleChanged', 'hostByRules'],
  removed: ['removed', 'removed'],
  banned: ['banned', 'banned'],
  'call-ended': ['ended', 'ended'],
};

/**
 * What was done to this person, by whom, and what to do next. Undefined for an act that concerns somebody else. `mayUnmute`: whether
 * the person may unmute now.
 */
export function actWords(
  words: Words,
  { kind, byName, source, role }: Act,
  mayUnmute = true,
): ActWords | undefined {
  const keys = KEYS[kind];
  if (keys === undefined) return undefined;
  const said = keys[byName === null ? 1 : 0];
  const key = said === 'muted' && !mayUnmute ? 'mutedForNow' : said;
  const given = { name: nameInWords(words, byName ?? ''), source: source ?? '', role: role ?? '' };
  return { title: words.t(`acts.${key}.title`, given), advice: words.t(`acts.${key}.advice`, given) };
}
