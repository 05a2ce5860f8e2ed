import type { CallState, ChatEntry, Participant } from '../call/index.ts';
import type { Words } from '../languages/words.ts';
import { nameInWords } from './name-words.ts';

type Announced = Pick<CallState, 'participants' | 'chat' | 'phase'>;

/** So many are named or read out. Of more the number is enough: a voice that reads for a minute hides the call. */
const NAMED_MAX = 3;
const READ_OUT_MAX = 3;

/** The changes between two states, in words for a person who does not look at the screen. */
export function announcements(
  words: Words,
  before: Announced,
  now: Announced,
  chatIsOpen: boolean,
): string[] {
  if (before.phase !== 'joined' && before.phase !== 'reconnecting') return [];
  return [...peopleChanges(words, before, now), ...(chatIsOpen ? [] : newMessages(words, before, now))];
}

/** Several people who do the same within a moment are one sentence. */
function peopleChanges(words: Words, before: Announced, now: Announced): string[] {
  if (before.participants === now.participants) return [];
  const known = new Map(before.participants.map((participant) => [participant.peerId, participant]));
  const present = new Set(now.participants.map(({ peerId }) => peerId));
  const others = now.participants.filter(({ isSelf }) => !isSelf);
  const changed = (did: (old: Participant, participant: Participant) => boolean): Participant[] =>
    others.filter((participant) => {
      const old = known.get(participant.peerId);
      return old !== undefined && did(old, participant);
    });
  const isHere = now.participants.length > 0;
  return [
    sentence(
      words,
      others.filter(({ peerId }) => !known.has(peerId)),
      'joined',
    ),
    sentence(
      words,
      changed((old, participant) => isNewlyLost(old, participant, now)),
      'is reconnecting',
      'are reconnecting',
    ),
    sentence(
      words,
      changed((old, { handRaisedAt }) => old.handRaisedAt === null && handRaisedAt !== null),
      'raised a hand',
    ),
    sentence(
      words,
      changed((old, { screenOn }) => !old.screenOn && screenOn),
      'shares the screen',
      'share their screens',
    ),
    sentence(
      words,
      changed(
        (old, { screenOn, screenPaused }) => old.screenOn && screenOn && !old.screenPaused && screenPaused,
      ),
      'paused the shared screen',
      'paused their shared screens',
    ),
    sentence(
      words,
      changed((old, { screenOn, screenPaused }) => screenOn && old.screenPaused && !screenPaused),
      'shows the shared screen again',
      'show their shared screens again',
    ),
    sentence(
      words,
      changed((old, { screenOn, restoring }) => old.screenOn && !screenOn && !restoring),
      'stopped sharing the screen',
    ),
    sentence(
      words,
      before.participants.filter(({ isSelf, peerId }) => isHere && !isSelf && !present.has(peerId)),
      'left',
    ),
  ].filter((line) => line !== null);
}

function sentence(words: Words, people: readonly Participant[], one: string, several = one): string | null {
  const names = people.map(({ shownName }) => nameInWords(words, shownName));
  const [last] = names.slice(-1);
  if (last === undefined) return null;
  if (names.length === 1) return `${last} ${one}`;
  if (names.length <= NAMED_MAX) return `${names.slice(0, -1).join(', ')} and ${last} ${several}`;
  const named = names.slice(0, NAMED_MAX - 1);
  return `${named.join(', ')} and ${names.length - named.length} others ${several}`;
}

/** False while the own connection is lost: all others seem to be lost then, and `ConnectionState` shows the cause. */
function isNewlyLost(old: Participant, participant: Participant, { participants }: Announced): boolean {
  const isLost = old.connection === 'connected' && participant.connection === 'reconnecting';
  return isLost && participants.every(({ isSelf, restoring }) => !isSelf || !restoring);
}

function newMessages(words: Words, before: Announced, now: Announced): string[] {
  if (before.chat === now.chat) return [];
  const known = new Set(before.chat.map((entry) => entry.clientMessageId));
  const isNew = (entry: ChatEntry): boolean => !known.has(entry.clientMessageId);
  // Those above the known ones are earlier messages that the person asked for.
  const first = now.chat.findIndex((entry) => !isNew(entry));
  const added = now.chat.slice(Math.max(first, 0)).filter((entry) => !entry.own && isNew(entry));
  if (added.length <= READ_OUT_MAX) return added.map((entry) => messageWords(words, entry));
  return [`${added.length} new messages`, ...added.slice(-1).map((entry) => messageWords(words, entry))];
}

function messageWords(words: Words, { toPeerId, fromName, text }: ChatEntry): string {
  return `${toPeerId === null ? 'Message' : 'Private message'} from ${nameInWords(words, fromName)}: ${text}`;
}
