import type { CallState, ChatEntry, Participant } from '../call/index.ts';
import type { Words } from '../languages/words.ts';
import { comingsAndGoings } from '../selectors/comings.ts';
import { knockWords } from './door-words.ts';
import { nameInWords } from './name-words.ts';

type Announced = Pick<CallState, 'participants' | 'chat' | 'phase' | 'waiting'>;

/** The most messages that are read out. If more come, only their number is read out, because a voice that reads for a minute hides the call. */
const READ_OUT_MAX = 3;

/** The changes between two states, in words for a person who does not look at the screen. */
export function announcements(
  words: Words,
  before: Announced,
  now: Announced,
  chatIsOpen: boolean,
): string[] {
  // People who waited before this person came are announced as new.
  const knocks = knockChanges(words, before, now);
  if (before.phase !== 'joined' && before.phase !== 'reconnecting') return knocks;
  return [
    ...knocks,
    ...peopleChanges(words, before, now),
    ...(chatIsOpen ? [] : newMessages(words, before, now)),
  ];
}

/** What others wrote between two states, in words for a person whose chat is open. */
export function chatAnnouncements(words: Words, before: Announced, now: Announced): string[] {
  return newMessages(words, before, now);
}

/** What people do, as the catalogue names it. */
type Change =
  | 'joined'
  | 'reconnecting'
  | 'handRaised'
  | 'screenShared'
  | 'screenPaused'
  | 'screenResumed'
  | 'screenStopped'
  | 'left';

/** Several people who do the same within a moment are one sentence. */
function peopleChanges(words: Words, before: Announced, now: Announced): string[] {
  if (before.participants === now.participants) return [];
  const known = new Map(before.participants.map((participant) => [participant.peerId, participant]));
  const others = now.participants.filter(({ isSelf }) => !isSelf);
  const changed = (did: (old: Participant, participant: Participant) => boolean): Participant[] =>
    others.filter((participant) => {
      const old = known.get(participant.peerId);
      return old !== undefined && did(old, participant);
    });
  const isHere = now.participants.length > 0;
  const { came, went } = comingsAndGoings(before.participants, now.participants);
  const changes: readonly (readonly [Change, readonly Participant[]])[] = [
    ['joined', came],
    ['reconnecting', changed((old, participant) => isNewlyLost(old, participant, now))],
    ['handRaised', changed((old, { handRaisedAt }) => old.handRaisedAt === null && handRaisedAt !== null)],
    ['screenShared', changed((old, { screenOn }) => !old.screenOn && screenOn)],
    [
      'screenPaused',
      changed(
        (old, { screenOn, screenPaused }) => old.screenOn && screenOn && !old.screenPaused && screenPaused,
      ),
    ],
    [
      'screenResumed',
      changed((old, { screenOn, screenPaused }) => screenOn && old.screenPaused && !screenPaused),
    ],
    ['screenStopped', changed((old, { screenOn, restoring }) => old.screenOn && !screenOn && !restoring)],
    ['left', isHere ? went : []],
  ];
  return changes
    .filter(([, people]) => people.length > 0)
    .map(([change, people]) => changeWords(words, change, people));
}

function changeWords(words: Words, change: Change, people: readonly Participant[]): string {
  const names = people.map(({ shownName }) => nameInWords(words, shownName));
  const number = people.length === 1 ? 'one' : 'several';
  return words.t(`announcements.${change}.${number}`, { people: peopleWords(words, names) });
}

/** Up to three are named. Of more people the number is enough. */
function peopleWords({ t }: Words, names: readonly string[]): string {
  const [first = '', second, third, fourth] = names;
  if (second === undefined) return first;
  if (third === undefined) return t('announcements.people.two', { first, second });
  if (fourth === undefined) return t('announcements.people.three', { first, second, third });
  return t('announcements.people.more', { first, second, count: names.length - 2 });
}

/** False while the own connection is lost: all others seem to be lost then, and `ConnectionState` shows the cause. */
function isNewlyLost(old: Participant, participant: Participant, { participants }: Announced): boolean {
  const isLost = old.connection === 'connected' && participant.connection === 'reconnecting';
  return isLost && participants.every(({ isSelf, restoring }) => !isSelf || !restoring);
}

function knockChanges(words: Words, before: Announced, now: Announced): string[] {
  if (before.waiting === now.waiting) return [];
  const known = new Set(before.waiting.map(({ peerId }) => peerId));
  const added = now.waiting.filter(({ peerId }) => !known.has(peerId));
  return added.length === 0 ? [] : [knockWords(words, added)];
}

function newMessages(words: Words, before: Announced, now: Announced): string[] {
  if (before.chat === now.chat) return [];
  const known = new Set(before.chat.map((entry) => entry.clientMessageId));
  const isNew = (entry: ChatEntry): boolean => !known.has(entry.clientMessageId);
  // Messages above the known ones are earlier ones that the person asked for.
  const first = now.chat.findIndex((entry) => !isNew(entry));
  const added = now.chat.slice(Math.max(first, 0)).filter((entry) => !entry.own && isNew(entry));
  if (added.length <= READ_OUT_MAX) return added.map((entry) => messageWords(words, entry));
  return [
    words.t('announcements.newMessages', { count: added.length }),
    ...added.slice(-1).map((entry) => messageWords(words, entry)),
  ];
}

function messageWords(words: Words, { toPeerId, fromName, text }: ChatEntry): string {
  return words.t(toPeerId === null ? 'announcements.message' : 'announcements.privateMessage', {
    name: nameInWords(words, fromName),
    text,
  });
}
