import type { LobbyPeople } from '@parley/proto/room';
import type { CallError, CallState } from '../call/index.ts';
import { durationWords } from '../format/durations.ts';
import type { Words } from '../languages/words.ts';
import { nameInWords } from './name-words.ts';

/** The words that say for whom somebody waits at the door. */
export function waitingWords(words: Words, { lost, peopleInside }: CallState['door'], name: string): string {
  if (lost) return words.t('door.waiting.lost');
  if (peopleInside === 0) return words.t('door.waiting.nobody');
  return words.t('door.waiting.hosts', { name: nameInWords(words, name) });
}

/** The people in the call, for somebody who is not in it yet: some names and how many others, or how many in all. */
export function presenceWords(words: Words, { count, names }: LobbyPeople): string {
  const { t, locale } = words;
  if (names.length === 0) return t('prejoin.presence', { count });
  const people = names.map((name) => nameInWords(words, name));
  const others = count - names.length;
  if (others > 0) people.push(t('prejoin.others', { count: others }));
  return t('prejoin.named', { people: new Intl.ListFormat(locale).format(people) });
}

/** What is wrong with a passcode; null if the error is about something else. */
export function passcodeProblem(words: Words, error: CallError | null): string | null {
  switch (error?.code) {
    case 'passcode_needed':
      return words.t('door.passcode.missing');
    case 'passcode_wrong':
      return words.t('door.passcode.wrong');
    case 'rate_limited':
      return words.t('door.passcode.limited', { duration: waitInWords(words, error.retryAfterMs) });
    default:
      return null;
  }
}

/** How long until the same may succeed. */
export function waitInWords(words: Words, retryAfterMs = 0): string {
  // A minute too many is better than one too few.
  return durationWords(words, Math.ceil(retryAfterMs / 60_000) * 60_000);
}

/** When a room opens, in the time of this place. */
export function openingWords({ t, locale }: Words, opensAt: number): string {
  const when = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' }).format(opensAt);
  return t('door.refused.opensAt', { when });
}

type Knocking = Pick<CallState['waiting'][number], 'shownName'>;

/** People who knocked. */
export function knockWords(words: Words, people: readonly Knocking[]): string {
  const [first] = people;
  if (first !== undefined && people.length === 1)
    return words.t('door.knocks.one', { name: nameInWords(words, first.shownName) });
  return words.t('door.knocks.several', { count: people.length });
}
