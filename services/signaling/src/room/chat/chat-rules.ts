import { ParleyError } from '@parley/proto/errors';
import type { PeerId } from '@parley/proto/ids';
import {
  EMOJI_PER_PERSON_MAX,
  MESSAGE_EMOJI_MAX,
  MESSAGE_REACTIONS_MAX,
  type ChatMessage,
  type Identity,
  type MessageReaction,
} from '@parley/proto/room';
import {
  isAddressee,
  isReactor,
  isSender,
  knownIdentity,
  type ChatReactors,
  type ChatReader,
  type ChatRecord,
} from '../../database/chat-record.ts';
import type { ChatChange } from '../../database/chat-repository.ts';

/*
 * What a peer may do with a message that it may read. Each rule returns the change, or undefined if there is nothing to
 * change, and throws what the peer is answered.
 */

type Reactor = Pick<ChatReader, 'peerId' | 'identity'>;
type IsOwn = (peerId: PeerId) => boolean;

/** Only the sender may change the words. */
export function edit(message: ChatMessage, isOwn: boolean, text: string): ChatChange | undefined {
  if (!isOwn) throw new ParleyError('forbidden', 'That message is of somebody else.');
  assertThere(message);
  return message.text === text ? undefined : { text };
}

/** `isHost`: may delete messages of others. */
export function remove(message: ChatMessage, isOwn: boolean, isHost: boolean): ChatChange | undefined {
  if (!isOwn && !isHost) throw new ParleyError('forbidden', 'That message is of somebody else.');
  return message.deletedAt === undefined ? { deletedBy: isOwn ? 'sender' : 'host' } : undefined;
}

/** Throws `conflict` if the message or the person has as many emoji as there may be. */
export function react(
  record: ChatRecord,
  person: Reactor,
  { emoji, on }: { emoji: string; on: boolean },
): ChatChange | undefined {
  assertThere(record.message);
  const { reactions = [] } = record.message;
  const isOwn: IsOwn = (peerId) => isReactor(record, peerId, person);
  const has = reactions.some((one) => one.emoji === emoji && one.peerIds.some(isOwn));
  if (has === on) return undefined;
  const changed = on
    ? withReaction(reactions, emoji, { peerId: person.peerId, isOwn })
    : without(reactions, emoji, isOwn);
  return { reactions: changed, reactors: reactorsOf(changed, record.reactors, person) };
}

/**
 * To whom a reply goes must be able to read what it shows of the message. A reply to a private message goes to the other
 * end of it. Throws `conflict`.
 */
export function assertMayReply(record: ChatRecord, from: ChatReader, to: ChatReader | null): void {
  assertThere(record.message);
  if (record.message.toPeerId === null) return;
  const isOtherEnd = isSender(record, from) ? isAddressee : isSender;
  if (to === null || !isOtherEnd(record, to))
    throw new ParleyError('conflict', 'A reply to a private message goes to its other end.');
}

function assertThere({ deletedAt }: ChatMessage): void {
  if (deletedAt !== undefined) throw new ParleyError('conflict', 'The message is deleted.');
}

function withReaction(
  reactions: readonly MessageReaction[],
  emoji: string,
  { peerId, isOwn }: { peerId: PeerId; isOwn: IsOwn },
): readonly MessageReaction[] {
  const own = reactions.filter(({ peerIds }) => peerIds.some(isOwn)).length;
  const all = reactions.reduce((sum, { peerIds }) => sum + peerIds.length, 0);
  const isNew = !reactions.some((one) => one.emoji === emoji);
  const isFull = isNew && reactions.length >= MESSAGE_EMOJI_MAX;
  if (isFull || own >= EMOJI_PER_PERSON_MAX || all >= MESSAGE_REACTIONS_MAX)
    throw new ParleyError('conflict', 'No more reactions fit on this message.');
  if (isNew) return [...reactions, { emoji, peerIds: [peerId] }];
  return reactions.map((one) => (one.emoji === emoji ? { emoji, peerIds: [...one.peerIds, peerId] } : one));
}

function without(
  reactions: readonly MessageReaction[],
  emoji: string,
  isOwn: IsOwn,
): readonly MessageReaction[] {
  return reactions
    .map((one) => (one.emoji === emoji ? { emoji, peerIds: one.peerIds.filter((id) => !isOwn(id)) } : one))
    .filter(({ peerIds }) => peerIds.length > 0);
}

/** The people behind the reactions that there are. */
function reactorsOf(
  reactions: readonly MessageReaction[],
  before: ChatReactors,
  { peerId, identity }: Reactor,
): ChatReactors {
  const people: Record<PeerId, Identity> = {};
  for (const id of reactions.flatMap(({ peerIds }) => peerIds)) {
    const person = id === peerId ? knownIdentity(identity) : before[id];
    if (person) people[id] = person;
  }
  return people;
}
