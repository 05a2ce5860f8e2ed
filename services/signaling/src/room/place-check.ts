import { ParleyError } from '@parley/proto/errors';
import type { Identity } from '@parley/proto/room';
import type { Settings } from '../config.ts';
import { placesFor, refusalAtJoin, refusalError, sparePlaces } from '../directory/door-decision.ts';
import type { PeerIdentity } from '../peer/peer-identity.ts';
import type { LivePeer, RoomView } from '../store/live-room-store.ts';

type PlaceCheck = {
  identity: PeerIdentity;
  /** The room as it is, or as it is stored while nobody is in it. */
  room: Pick<RoomView, 'record' | 'access'>;
  /** Undefined: the peer would be the first. */
  live: RoomView | undefined;
  /** How many others of the same network are in the room, or on their way into it. */
  others: number;
  settings: Pick<Settings, 'limits' | 'peerLimit'>;
  now: number;
};

/** Whether the person is in the room with another device. */
export function isElsewhere(peers: readonly LivePeer[], identity: Identity): boolean {
  return peers.some((peer) => peer.identity === identity);
}

type VisibleCheck = Pick<PlaceCheck, 'identity' | 'others' | 'settings' | 'now'> & {
  live: RoomView;
  /** Whether the person is in the room with another device. */
  isPresent: boolean;
};

/**
 * Throws what the door would answer now to a person who wants to see who is in the room. That a host has to admit the person is no refusal here, and
 * lets nobody past another one.
 */
export function assertVisible({ identity, live, isPresent, others, settings, now }: VisibleCheck): void {
  const { credentials, identity: person } = identity;
  if (credentials.kind !== 'token') throw new ParleyError('token_invalid');
  const refusal = refusalAtJoin(live, { ...credentials.claims, identity: person, isLetIn: isPresent }, now);
  if (refusal !== undefined && refusal !== 'not_admitted')
    throw refusalError(refusal, live.record.settings, now);
  assertSpace({ identity, room: live, live, others, settings }, isPresent);
}

export function placesOf(
  { credentials }: PeerIdentity,
  { record }: Pick<RoomView, 'record'>,
  peerLimit: number,
): number {
  const role = credentials.kind === 'token' ? credentials.claims.role : 'participant';
  return placesFor(role, record.settings, peerLimit);
}

/**
 * Throws early, so that the media node opens no media for a peer that the store would refuse: `room_full` or `address_limited`, on which the store makes
 * the final decision. Throws what the door would answer by now, see `refusalAtJoin`.
 */
export function assertPlace({ identity, room, live, others, settings, now }: PlaceCheck): void {
  const { credentials, identity: person } = identity;
  const isPresent = isElsewhere(live?.own ?? [], person);
  if (credentials.kind === 'token') {
    const { claims } = credentials;
    const isLetIn = claims.waits || isPresent;
    const refusal = refusalAtJoin(room, { ...claims, identity: person, isLetIn }, now);
    if (refusal !== undefined) throw refusalError(refusal, room.record.settings, now);
  }
  assertSpace({ identity, room, live, others, settings }, isPresent);
}

function assertSpace(
  { identity, room, live, others, settings: { limits, peerLimit } }: Omit<PlaceCheck, 'now'>,
  isPresent: boolean,
): void {
  const spare = sparePlaces(isPresent);
  if ((live?.peerCount ?? 0) >= placesOf(identity, room, peerLimit) + spare)
    throw new ParleyError('room_full');
  if (others >= limits.roomPeersPerAddress + spare) throw new ParleyError('address_limited');
}
