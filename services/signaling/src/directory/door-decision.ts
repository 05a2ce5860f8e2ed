import { ParleyError, type ErrorCode } from '@parley/proto/errors';
import { isGuest, leads, type Identity, type Role, type RoomSettings } from '@parley/proto/room';
import type { Ban, LiveRoom } from '../store/live-room-store.ts';
import { passcodeMark } from './passcodes.ts';

/** Somebody at the door of a room. */
export type AtDoor = {
  readonly role: Role;
  readonly isGuest: boolean;
  readonly isBanned: boolean;
  /** Whether the same person is in the room already, with another device. */
  readonly isPresent: boolean;
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
 * against the capacity that they chose themselves. Somebody who is in the room and comes with another device was let in already:
 * lock, passcode and waiting room are for others, and a full room has a place.
 */
export function decideAtDoor(person: AtDoor): DoorDecision {
  const { role, settings, now } = person;
  if (person.isBanned && !leads(role)) return refused('banned');
  if (isClosed(settings, now)) return refused('room_closed');
  const places = placesFor(role, settings, person.peerLimit) + sparePlaces(person.isPresent);
  const isFull = person.peerCount >= places;
  if (leads(role)) return isFull ? refused('room_full') : { kind: 'in', waits: false };
  if (settings.opensAt !== null && now < settings.opensAt) return refused('room_not_open');
  if (settings.locked && !person.isPresent) return refused('room_locked');
  if (isFull) return refused('room_full');
  if (person.isGuest && !settings.guestsAllowed) return refused('guests_refused');
  if (person.isPresent) return { kind: 'in', waits: false };
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

/** Moving a call to another device takes no place of others. The new device comes before the old one ends. */
export function sparePlaces(isPresent: boolean): number {
  return isPresent ? 1 : 0;
}

/** The owner is it everywhere. A role that the call has given holds until the call ends, also after a reload and on another device. */
export function roleAtDoor(
  identity: Identity | null,
  owner: Identity | null,
  live: Pick<LiveRoom, 'roles' | 'peers'> | undefined,
): Role {
  if (identity === null) return 'participant';
  if (identity === owner) return 'owner';
  const given = live?.roles.get(identity);
  if (given !== undefined) return given;
  // A store that lost its data has no roles, but the peers that were put back.
  const isHost = live?.peers.some((peer) => peer.identity === identity && peer.record.role === 'host');
  return isHost === true ? 'host' : 'participant';
}

/** Somebody with a join token. */
type AtJoin = {
  readonly identity: Identity;
  readonly role: Role;
  readonly addressHash: string;
  /** The mark of the passcode that the person gave, see `passcodeMark`. */
  readonly passcode: string | null;
  /** Whether a host has admitted the person, or the person is in the room with another device. */
  readonly isLetIn: boolean;
};

/**
 * A join token may be older than a ban or a setting: whoever is refused would be refused at the door now. Returns the code of the refusal.
 * `not_admitted`: a host has to admit the person, which takes another token.
 */
export function refusalAtJoin(
  { access, record: { settings } }: Pick<LiveRoom, 'access' | 'record'>,
  person: AtJoin,
  now: number,
): ErrorCode | undefined {
  const { identity, role, addressHash } = person;
  const bans = access?.bans ?? [];
  const isLeader = leads(role);
  // For those who led the call when they asked for the token, as for others: only the owner comes in whatever was decided.
  const ofPerson = bans.filter((ban) => ban.identity === identity);
  const counted = isLeader ? ofPerson : bans;
  if (role !== 'owner' && isBanned(counted, { identity, isGuest: isGuest(identity), addressHash }, now))
    return 'banned';
  if (isClosed(settings, now)) return 'room_closed';
  if (isLeader || person.isLetIn) return undefined;
  const decision = decideAtDoor({
    role,
    settings,
    now,
    isGuest: isGuest(identity),
    isBanned: false,
    isPresent: false,
    // The places are counted elsewhere.
    peerCount: 0,
    peerLimit: Number.POSITIVE_INFINITY,
    passcode: gavePasscode(person, access) ? 'right' : 'none',
  });
  if (decision.kind === 'refused') return decision.code;
  return decision.kind === 'in' && !decision.waits ? undefined : 'not_admitted';
}

/** With the time until the room opens, where that is why. */
export function refusalError(
  code: ErrorCode,
  { opensAt }: Pick<RoomSettings, 'opensAt'>,
  now: number,
): ParleyError {
  const isEarly = code === 'room_not_open' && opensAt !== null;
  return new ParleyError(code, undefined, isEarly ? { retryAfterMs: opensAt - now } : {});
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

/** A store that lost its data does not know which passcode it is. */
function gavePasscode({ passcode }: AtJoin, access: LiveRoom['access']): boolean {
  if (passcode === null || access === undefined) return passcode !== null;
  return access.passcodeHash !== null && passcode === passcodeMark(access.passcodeHash);
}

function isClosed({ closesAt }: RoomSettings, now: number): boolean {
  return closesAt !== null && now >= closesAt;
}

function refused(code: ErrorCode): DoorDecision {
  return { kind: 'refused', code };
}
