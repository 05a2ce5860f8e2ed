import { expect, test } from '@jest/globals';
import { permissionsOf } from '@parley/proto/requests';
import { DEFAULT_ROOM_SETTINGS, type Role, type RoomSettings } from '@parley/proto/room';
import { denialOf, type Denial, type Right } from '../../src/selectors/rights.ts';
import { callState, participant } from '../support/call-state.ts';

const RIGHTS: readonly Right[] = ['microphone', 'camera', 'screen', 'chat'];
const CLOSED: Partial<RoomSettings> = {
  whoMayUnmute: 'hosts',
  whoMayStartVideo: 'hosts',
  whoMayShareScreen: 'hosts',
  whoMayChat: 'hosts',
};

function denials(role: Role, over: Partial<RoomSettings> = {}, mayUnmute?: true): (Denial | null)[] {
  const roomSettings = { ...DEFAULT_ROOM_SETTINGS, ...over };
  const state = callState({
    participants: [participant('me', { isSelf: true, role })],
    permissions: permissionsOf({ role, mayUnmute }, roomSettings),
    roomSettings,
  });
  return RIGHTS.map((right) => denialOf(state, right));
}

test.each<[string, (Denial | null)[], (Denial | null)[]]>([
  ['a participant may everything', denials('participant'), [null, null, null, null]],
  ['a viewer only writes', denials('viewer'), ['viewer', 'viewer', 'viewer', null]],
  ['the settings take it from a participant', denials('participant', CLOSED), Array(4).fill('settings')],
  ['the settings take nothing from a host', denials('host', CLOSED), [null, null, null, null]],
  [
    'a participant who was asked may unmute',
    denials('participant', CLOSED, true),
    [null, 'settings', 'settings', 'settings'],
  ],
])('%s', (_what, given, expected) => {
  expect(given).toEqual(expected);
});

test('nothing is denied before the join, when nothing is known', () => {
  for (const right of RIGHTS) expect(denialOf(callState(), right)).toBeNull();
});
