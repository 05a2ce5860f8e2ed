import { describe, expect, test } from '@jest/globals';
import { browserIdentity, DEFAULT_ROOM_SETTINGS, type Role, type RoomSettings } from '@parley/proto';
import {
  decideAtDoor,
  isBanned,
  placesFor,
  roleAtDoor,
  type AtDoor,
} from '../src/directory/door-decision.ts';
import { livePeer } from './support/live-room-store-contract.ts';

const NOW = 1_000_000;
const ADA = browserIdentity('a'.repeat(22));
const BOB = browserIdentity('b'.repeat(22));

type Case = Partial<Omit<AtDoor, 'settings'>> & { settings?: Partial<RoomSettings> };

/** `in`, `waits`, `check-passcode`, or the code of the refusal. */
function answer({ settings, ...person }: Case): string {
  const decision = decideAtDoor({
    role: 'participant',
    isGuest: true,
    isBanned: false,
    settings: { ...DEFAULT_ROOM_SETTINGS, ...settings },
    peerCount: 0,
    peerLimit: 100,
    now: NOW,
    passcode: 'none',
    ...person,
  });
  if (decision.kind === 'refused') return decision.code;
  if (decision.kind === 'check-passcode') return decision.kind;
  return decision.waits ? 'waits' : 'in';
}

describe('the door of a room', () => {
  /** What a participant, a host and an owner are answered. */
  test.each<[string, Case, string, string]>([
    ['an open room', {}, 'in', 'in'],
    ['a room that this person is banned from', { isBanned: true }, 'banned', 'in'],
    ['a locked room', { settings: { locked: true } }, 'room_locked', 'in'],
    ['a room with a waiting room', { settings: { waitingRoom: true } }, 'waits', 'in'],
    ['a room with a passcode, without one', { settings: { hasPasscode: true } }, 'passcode_needed', 'in'],
    [
      'a room with a passcode, with one that was not compared',
      { settings: { hasPasscode: true }, passcode: 'unchecked' },
      'check-passcode',
      'in',
    ],
    [
      'a room with a passcode, with a wrong one',
      { settings: { hasPasscode: true }, passcode: 'wrong' },
      'passcode_wrong',
      'in',
    ],
    [
      'a room with a passcode, with the right one',
      { settings: { hasPasscode: true }, passcode: 'right' },
      'in',
      'in',
    ],
    [
      'a room with a passcode and a waiting room, with the right one',
      { settings: { hasPasscode: true, waitingRoom: true }, passcode: 'right' },
      'waits',
      'in',
    ],
    ['a room without guests, as a guest', { settings: { guestsAllowed: false } }, 'guests_refused', 'in'],
    [
      'a room without guests, with an account',
      { settings: { guestsAllowed: false }, isGuest: false },
      'in',
      'in',
    ],
    ['a room that opens later', { settings: { opensAt: NOW + 1 } }, 'room_not_open', 'in'],
    ['a room that opens now', { settings: { opensAt: NOW } }, 'in', 'in'],
    ['a room that closes later', { settings: { closesAt: NOW + 1 } }, 'in', 'in'],
    ['a room that closes now', { settings: { closesAt: NOW } }, 'room_closed', 'room_closed'],
    ['a room as full as it was set', { settings: { capacity: 5 }, peerCount: 5 }, 'room_full', 'in'],
    ['a room with one place left', { settings: { capacity: 5 }, peerCount: 4 }, 'in', 'in'],
    ['a room as full as the server allows', { peerCount: 100 }, 'room_full', 'room_full'],
    [
      'a room whose capacity is above what the server allows',
      { settings: { capacity: 500 }, peerCount: 100 },
      'room_full',
      'room_full',
    ],
    // What is said first where several things hold.
    ['a locked room, banned', { isBanned: true, settings: { locked: true } }, 'banned', 'in'],
    ['a closed room, locked', { settings: { closesAt: NOW, locked: true } }, 'room_closed', 'room_closed'],
    ['a locked room, full', { settings: { locked: true, capacity: 1 }, peerCount: 1 }, 'room_locked', 'in'],
    [
      'a room without guests and with a passcode, as a guest',
      { settings: { guestsAllowed: false, hasPasscode: true } },
      'guests_refused',
      'in',
    ],
  ])('of %s', (_what, given, participant, leader) => {
    const answers = (['participant', 'viewer', 'host', 'owner'] satisfies Role[]).map((role) =>
      answer({ ...given, role }),
    );
    expect(answers).toEqual([participant, participant, leader, leader]);
  });

  test('counts the capacity for participants and what the server allows for everybody', () => {
    expect(placesFor('participant', { capacity: 3 }, 100)).toBe(3);
    expect(placesFor('owner', { capacity: 3 }, 100)).toBe(100);
    expect(placesFor('participant', { capacity: null }, 100)).toBe(100);
  });
});

describe('a ban', () => {
  const ban = { identity: ADA, addressHash: 'home', endsAt: NOW + 1 };
  const guest = { identity: BOB, isGuest: true, addressHash: 'elsewhere' };

  test.each<[string, Parameters<typeof isBanned>, boolean]>([
    ['holds for the person', [[ban], { ...guest, identity: ADA }, NOW], true],
    ['holds for other guests of the network', [[ban], { ...guest, addressHash: 'home' }, NOW], true],
    ['does not hold for other networks', [[ban], guest, NOW], false],
    [
      'does not hold for accounts of the network',
      [[ban], { ...guest, isGuest: false, addressHash: 'home' }, NOW],
      false,
    ],
    ['ends', [[ban], { ...guest, identity: ADA }, NOW + 1], false],
    ['may have no end', [[{ ...ban, endsAt: null }], { ...guest, identity: ADA }, NOW * 9], true],
    [
      'without a network holds for no other guest',
      [[{ ...ban, addressHash: null }], { ...guest, addressHash: '' }, NOW],
      false,
    ],
  ])('%s', (_what, given, expected) => {
    expect(isBanned(...given)).toBe(expected);
  });
});

describe('the role at the door', () => {
  const host = livePeer('ada', { identity: ADA });
  const peers = [
    { ...host, record: { ...host.record, role: 'host' as const } },
    livePeer('bob', { identity: BOB }),
  ];

  test.each([
    ['of the owner', ADA, ADA, 'owner'],
    ['of somebody who is a host of the running call', ADA, null, 'host'],
    ['of somebody who is in the call', BOB, null, 'participant'],
    ['of nobody, even where nobody owns the room', null, null, 'participant'],
  ] as const)('%s', (_what, identity, owner, role) => {
    expect(roleAtDoor(identity, owner, peers)).toBe(role);
  });
});
