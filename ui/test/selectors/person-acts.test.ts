import { describe, expect, test } from '@jest/globals';
import { permissionsOf } from '@parley/proto/requests';
import { DEFAULT_ROOM_SETTINGS, type Role } from '@parley/proto/room';
import { personActs } from '../../src/selectors/person-acts.ts';
import { participant } from '../support/call-state.ts';

const actsOf = (role: Role, other: Parameters<typeof participant>[1]) =>
  personActs(
    {
      permissions: permissionsOf({ role }, DEFAULT_ROOM_SETTINGS),
      self: participant('me', { isSelf: true, role }),
    },
    participant('bob', other),
  );

describe('the menu of a person', () => {
  test('offers nothing about others to those who lead nothing, and nothing about oneself', () => {
    for (const role of ['participant', 'viewer'] as const)
      expect(actsOf(role, { screenOn: true, handRaisedAt: 1 })).toEqual([]);
    expect(actsOf('host', { isSelf: true })).toEqual([]);
  });

  test('offers what does something now', () => {
    expect(actsOf('owner', { screenOn: true, handRaisedAt: 1 })).toEqual([
      'mute',
      'stopCamera',
      'stopScreen',
      'lowerHand',
      'makeHost',
      'makeViewer',
      'remove',
      'ban',
    ]);
    expect(actsOf('owner', { microphoneOn: false, cameraOn: false })).toEqual([
      'ask',
      'makeHost',
      'makeViewer',
      'remove',
      'ban',
    ]);
  });

  test('offers a host to hand over to those who do not lead the call', () => {
    expect(actsOf('host', {})).toContain('handOver');
    expect(actsOf('host', { role: 'host' })).not.toContain('handOver');
    expect(actsOf('owner', {})).not.toContain('handOver');
  });

  test('asks no viewer to unmute', () => {
    expect(actsOf('host', { role: 'viewer', microphoneOn: false, cameraOn: false })).toEqual([
      'makeHost',
      'makeParticipant',
      'handOver',
      'remove',
      'ban',
    ]);
  });

  test('touches neither the role nor the place of an owner', () => {
    expect(actsOf('host', { role: 'owner' })).toEqual(['mute', 'stopCamera']);
  });
});
