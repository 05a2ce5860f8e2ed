import { leads, type ErrorCode, type Identity, type Role, type RoomSettings } from '@parley/proto';
import type { Ban, LivePeer } from '../store/live-room-store.ts';

/** Somebody at the door of a room. */
export type AtDoor = {
  readonly role: Role;
  readonly isGuest: boolean;
  readonly isBanned: boolean;
  readonly settings: RoomSettings;
  /** People who are in the room now. */
  readonly peerCount: number;
  /** The most people that this server takes into any room. */
  readonly peerLimit: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** `unchecked`: the person gave one, which costs time to compare. */
  readonly passcode: 'none' | 'unchecked' | 'right' | 'wrong';
};

/** `check-passcode`: compare the passcode that was given, and decide again. */
export type DoorDecision =
  | { readonly kind: 'in'; readonly waits: boolean }
  | { readonly kind: 'refused'; readonly code: ErrorCode }
  | { readonly kind: 'check-passcode' };

/**
 * Decides about one person. Owner and hosts cannot be kept out by the ban of somebody else in their network, pass the lock, the waiting room, the passcode and the opening time, and are not counted
 * against the capacity that they chose themselves.
 */
export function decideAtDoor(person: AtDoor): DoorDecision {
  const { role, settings, now } = person;
  if (person.isBanned && !leads(role)) return refused('banned');
  if (settings.closesAt !== null && now >= settings.closesAt) return refused('room_closed');
  const isFull = person.peerCount >= placesFor(role, settings, person.peerLimit);
  if (leads(role)) return isFull ? refused('room_full') : { kind: 'in', waits: false };
  if (settings.opensAt !== null && now < settings.opensAt) return refused('room_not_open');
  if (settings.locked) return refused('room_locked');
  if (isFull) return refused('room_full');
  if (person.isGuest && !settings.guestsAllowed) return refused('guests_refused');
  if (settings.hasPasscode) {
    if (person.passcode === 'none') return refused('passcode_needed');
    if (person.passcode === 'unchecked') return { kind: 'check-passcode' };
    if (person.passcode === 'wrong') return refused('passcode_wrong');
  }
  return { kind: 'in', waits: settings.waitingRoom };
}

/** The most people in the room with whom somebody of this role may still come in. */
export function placesFor(
  role: Role,
  { capacity }: Pick<RoomSettings, 'capacity'>,
  peerLimit: number,
): number {
  return capacity === null || leads(role) ? peerLimit : Math.min(capacity, peerLimit);
}

/** The owner is it everywhere; a host is one while the call runs, also on another device. */
export function roleAtDoor(
  identity: Identity | null,
  owner: Identity | null,
  peers: readonly LivePeer[],
): Role {
  if (identity === null) return 'participant';
  if (identity === owner) return 'owner';
  const isHost = peers.some((peer) => peer.identity === identity && peer.record.role === 'host');
  return isHost ? 'host' : 'participant';
}

/** The ban of a guest holds for other guests of the same network as well. */
export function isBanned(
  bans: readonly Ban[],
  person: { identity: Identity; isGuest: boolean; addressHash: string },
  now: number,
): boolean {
  return bans.some(
    ({ identity, addressHash, endsAt }) =>
      (endsAt === null || endsAt > now) &&
      (identity === person.identity ||
        (person.isGuest && addressHash !== null && addressHash === person.addressHash)),
  );
}

function refused(code: ErrorCode): DoorDecision {
  return { kind: 'refused', code };
}
