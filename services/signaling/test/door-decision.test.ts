import { describe, expect, test } from '@jest/globals';
import {
  accountIdentity,
  browserIdentity,
  DEFAULT_ROOM_SETTINGS,
  type Role,
  type RoomSettings,
} from '@parley/proto/room';
import {
  decideAtDoor,
  isBanned,
  placesFor,
  refusalAtJoin,
  roleAtDoor,
  type AtDoor,
} from '../src/directory/door-decision.ts';
import { passcodeMark } from '../src/directory/passcodes.ts';
import { ACCESS, livePeer, roomRecord, ROOM } from './support/live-room-store-contract.ts';

const NOW = 1_000_000;
const ADA = browserIdentity('a'.repeat(22));
const BOB = browserIdentity('b'.repeat(22));
const EVE = browserIdentity('e'.repeat(22));

type Case = Partial<Omit<AtDoor, 'settings'>> & { settings?: Partial<RoomSettings> };

/** `in`, `waits`, `check-passcode`, or the code of the refusal. */
function answer({ settings, ...person }: Case): string {
  const decision = decideAtDoor({
    role: 'participant',
    isGuest: true,
    isBanned: false,
    isPresent: false,
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
    [
      'a locked room with passcode and waiting room that this person is in already',
      { isPresent: true, settings: { locked: true, hasPasscode: true, waitingRoom: true } },
      'in',
      'in',
    ],
    [
      'a room that this person is in already and was banned from',
      { isPresent: true, isBanned: true },
      'banned',
      'in',
    ],
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
    [
      'a full room that this person is in already',
      { isPresent: true, settings: { capacity: 5 }, peerCount: 5 },
      'in',
      'in',
    ],
    [
      'a full room that this person and somebody with two devices are in already',
      { isPresent: true, peerCount: 101 },
      'room_full',
      'room_full',
    ],
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
    ['of somebody whom the call made a viewer', EVE, null, 'viewer'],
    ['of an owner, whatever the call made of them', EVE, EVE, 'owner'],
    ['of nobody, even where nobody owns the room', null, null, 'participant'],
  ] as const)('%s', (_what, identity, owner, role) => {
    expect(roleAtDoor(identity, owner, { peers, roles: new Map([[EVE, 'viewer']]) })).toBe(role);
  });
});

describe('a join with a token that is older than a ban or a setting', () => {
  const ban = { identity: ADA, addressHash: 'home', endsAt: null };
  const room = (settings: Partial<RoomSettings>) => ({
    access: { ...ACCESS, bans: [ban], passcodeHash: 'the hash' },
    record: roomRecord(ROOM, { settings: { ...DEFAULT_ROOM_SETTINGS, ...settings } }),
  });
  const person = {
    identity: BOB,
    role: 'participant' as Role,
    addressHash: 'away',
    passcode: null as string | null,
    isLetIn: false,
  };

  test.each([
    ['is let in', false, person, undefined],
    ['is refused to the person', false, { ...person, identity: ADA }, 'banned'],
    ['is refused to the person who was host', false, { ...person, identity: ADA, role: 'host' }, 'banned'],
    ['is never refused to the owner', true, { ...person, identity: ADA, role: 'owner' }, undefined],
    ['is refused to guests of the network', false, { ...person, addressHash: 'home' }, 'banned'],
    [
      'is not refused to a host of the network',
      true,
      { ...person, addressHash: 'home', role: 'host' },
      undefined,
    ],
    ['is refused where the room is locked', true, person, 'room_locked'],
    ['is let in where a host admitted the person', true, { ...person, isLetIn: true }, undefined],
  ] as const)('%s', (_what, locked, who, code) => {
    expect(refusalAtJoin(room({ locked }), who, NOW)).toBe(code);
  });

  const mark = passcodeMark('the hash');
  /** What a participant, somebody who was let in, and a host are answered. */
  test.each<[string, Partial<RoomSettings>, Partial<typeof person>, ...(string | undefined)[]]>([
    ['a waiting room', { waitingRoom: true }, {}, 'not_admitted', undefined, undefined],
    ['a passcode', { hasPasscode: true }, {}, 'passcode_needed', undefined, undefined],
    ['a passcode that was given', { hasPasscode: true }, { passcode: mark }, undefined, undefined, undefined],
    [
      'another passcode',
      { hasPasscode: true },
      { passcode: passcodeMark('before') },
      'passcode_needed',
      undefined,
      undefined,
    ],
    ['no guests', { guestsAllowed: false }, {}, 'guests_refused', undefined, undefined],
    [
      'no guests, for an account',
      { guestsAllowed: false },
      { identity: accountIdentity('1b4e28ba-2fa1-41d2-883f-0016d3cca427') },
      undefined,
      undefined,
      undefined,
    ],
    ['an opening time', { opensAt: NOW + 1 }, {}, 'room_not_open', undefined, undefined],
    ['an opening time that is over', { opensAt: NOW }, {}, undefined, undefined, undefined],
    ['a closing time', { closesAt: NOW }, {}, 'room_closed', 'room_closed', 'room_closed'],
    ['a closing time that comes', { closesAt: NOW + 1 }, {}, undefined, undefined, undefined],
    ['fewer places, which are counted elsewhere', { capacity: 1 }, {}, undefined, undefined, undefined],
  ])('meets %s', (_what, settings, given, ...codes) => {
    const who = { ...person, ...given };
    const people = [who, { ...who, isLetIn: true }, { ...who, role: 'host' as Role }];
    expect(people.map((each) => refusalAtJoin(room(settings), each, NOW))).toEqual(codes);
  });

  test('is let in with any passcode where the store does not know which one the room has', () => {
    const lost = { ...room({ hasPasscode: true }), access: undefined };
    expect(refusalAtJoin(lost, { ...person, passcode: 'some' }, NOW)).toBeUndefined();
    expect(refusalAtJoin(lost, person, NOW)).toBe('passcode_needed');
  });
});
