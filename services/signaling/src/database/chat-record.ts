import type { PeerId } from '@parley/proto/ids';
import { UNKNOWN_IDENTITY, type ChatMessage, type Identity } from '@parley/proto/room';

/** The people at the ends of a message; null where nobody is known. Not for clients. */
type ChatEnds = { readonly from: Identity | null; readonly to: Identity | null };

/** The people behind the peers of the reactions, as far as they are known. Not for clients. */
export type ChatReactors = Readonly<Record<PeerId, Identity>>;

/** A message as it is stored. */
export type ChatRecord = {
  readonly message: ChatMessage;
  readonly ends: ChatEnds;
  readonly reactors: ChatReactors;
};

/** A peer who reads messages. `since`: older ones are as good as none, in milliseconds since the epoch. */
export type ChatReader = { readonly peerId: PeerId; readonly identity: Identity; readonly since: number };

type Person = Pick<ChatReader, 'peerId' | 'identity'>;

/** The person may be another peer now than when the message was sent. */
export function isSender({ message, ends }: ChatRecord, { peerId, identity }: ChatReader): boolean {
  return message.fromPeerId === peerId || isPerson(ends.from, identity);
}

export function isAddressee({ message, ends }: ChatRecord, { peerId, identity }: ChatReader): boolean {
  return message.toPeerId === peerId || (message.toPeerId !== null && isPerson(ends.to, identity));
}

/** Whether the reaction of that peer is the reader's, maybe as an earlier peer. */
export function isReactor(
  { reactors }: Pick<ChatRecord, 'reactors'>,
  peerId: PeerId,
  reader: Person,
): boolean {
  return peerId === reader.peerId || isPerson(reactors[peerId] ?? null, reader.identity);
}

/** Null for somebody whom nothing distinguishes from others. */
export function knownIdentity(identity: Identity): Identity | null {
  return identity === UNKNOWN_IDENTITY ? null : identity;
}

function isPerson(end: Identity | null, identity: Identity): boolean {
  return end !== null && end === knownIdentity(identity);
}
