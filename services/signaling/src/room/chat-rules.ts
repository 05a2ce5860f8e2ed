import {
  EMOJI_PER_PERSON_MAX,
  MESSAGE_EMOJI_MAX,
  MESSAGE_REACTIONS_MAX,
  ParleyError,
  type ChatMessage,
  type MessageReaction,
  type PeerId,
} from '@parley/proto';
import type { ChatChange } from '../database/chat-repository.ts';

/*
 * What a peer may do with a message that it may read. Each rule returns the change, or undefined if there is nothing to
 * change, and throws what the peer is answered.
 */

/** Only the sender may change the words. */
export function edit(message: ChatMessage, peerId: PeerId, text: string): ChatChange | undefined {
  if (message.fromPeerId !== peerId) throw new ParleyError('forbidden', 'That message is of somebody else.');
  assertThere(message);
  return message.text === text ? undefined : { text };
}

/** `isHost`: may delete messages of others. */
export function remove(message: ChatMessage, peerId: PeerId, isHost: boolean): ChatChange | undefined {
  const isOwn = message.fromPeerId === peerId;
  if (!isOwn && !isHost) throw new ParleyError('forbidden', 'That message is of somebody else.');
  return message.deletedAt === undefined ? { deletedBy: isOwn ? 'sender' : 'host' } : undefined;
}

/** Throws `conflict` if the message or the peer has as many emoji as there may be. */
export function react(
  message: ChatMessage,
  peerId: PeerId,
  { emoji, on }: { emoji: string; on: boolean },
): ChatChange | undefined {
  assertThere(message);
  const { reactions = [] } = message;
  const has = reactions.some((one) => one.emoji === emoji && one.peerIds.includes(peerId));
  if (has === on) return undefined;
  return { reactions: on ? withReaction(reactions, peerId, emoji) : without(reactions, peerId, emoji) };
}

/**
 * To whom a reply goes must be able to read what it shows of the message. A reply to a private message goes to the other
 * end of it. Throws `conflict`.
 */
export function assertMayReply(message: ChatMessage, from: PeerId, toPeerId: PeerId | null): void {
  assertThere(message);
  if (message.toPeerId === null) return;
  const otherEnd = message.fromPeerId === from ? message.toPeerId : message.fromPeerId;
  if (toPeerId !== otherEnd)
    throw new ParleyError('conflict', 'A reply to a private message goes to its other end.');
}

function assertThere({ deletedAt }: ChatMessage): void {
  if (deletedAt !== undefined) throw new ParleyError('conflict', 'The message is deleted.');
}

function withReaction(
  reactions: readonly MessageReaction[],
  peerId: PeerId,
  emoji: string,
): readonly MessageReaction[] {
  const own = reactions.filter(({ peerIds }) => peerIds.includes(peerId)).length;
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
  peerId: PeerId,
  emoji: string,
): readonly MessageReaction[] {
  return reactions
    .map((one) => (one.emoji === emoji ? { emoji, peerIds: one.peerIds.filter((id) => id !== peerId) } : one))
    .filter(({ peerIds }) => peerIds.length > 0);
}
