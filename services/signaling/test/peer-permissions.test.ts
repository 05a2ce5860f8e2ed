import { beforeEach, describe, expect, test } from '@jest/globals';
import { DEFAULT_ROOM_SETTINGS, type PeerRecord, type Role, type RoomSettings } from '@parley/proto/room';
import type { Source } from '@parley/proto/rtp';
import { PeerPermissions } from '../src/peer/peer-permissions.ts';
import { livePeer } from './support/live-room-store-contract.ts';

const HOSTS_UNMUTE: Partial<RoomSettings> = { whoMayUnmute: 'hosts' };

describe('what a peer may do', () => {
  let record: PeerRecord;
  let permissions: PeerPermissions;

  const become = (change: Partial<PeerRecord>): void => {
    record = { ...record, ...change };
  };
  const adopt = (settings: Partial<RoomSettings>): boolean =>
    permissions.adopt({ ...DEFAULT_ROOM_SETTINGS, ...settings });
  const refusal = (source: Source, paused: boolean): unknown => {
    try {
      return permissions.assertMaySend(source, paused);
    } catch (error) {
      return (error as { code?: unknown }).code;
    }
  };

  beforeEach(() => {
    ({ record } = livePeer('ada'));
    become({ role: 'participant' });
    permissions = new PeerPermissions(() => record);
  });

  test.each<[string, Role, Partial<RoomSettings>, Source, boolean, 'forbidden' | undefined]>([
    ['a participant sends a camera', 'participant', {}, 'camera', false, undefined],
    ['a viewer sends no camera', 'viewer', {}, 'camera', false, 'forbidden'],
    ['a viewer sends no microphone that is paused', 'viewer', {}, 'microphone', true, 'forbidden'],
    [
      'where hosts unmute, a participant is not heard',
      'participant',
      HOSTS_UNMUTE,
      'microphone',
      false,
      'forbidden',
    ],
    [
      'where hosts unmute, a participant has a microphone',
      'participant',
      HOSTS_UNMUTE,
      'microphone',
      true,
      undefined,
    ],
    ['where hosts unmute, a host is heard', 'host', HOSTS_UNMUTE, 'microphone', false, undefined],
    [
      'the sound of a screen needs what a screen needs',
      'participant',
      { whoMayShareScreen: 'hosts' },
      'screen-audio',
      false,
      'forbidden',
    ],
  ])('by role and settings: %s', (_what, role, settings, source, paused, expected) => {
    become({ role });
    adopt(settings);
    expect(refusal(source, paused)).toBe(expected);
  });

  test('changes with the record, without being asked to', () => {
    expect(permissions.includes('moderate')).toBe(false);
    become({ role: 'host' });
    expect(permissions.includes('moderate')).toBe(true);
    adopt(HOSTS_UNMUTE);
    become({ role: 'participant' });
    expect(refusal('microphone', false)).toBe('forbidden');
    become({ mayUnmute: true });
    expect(refusal('microphone', false)).toBeUndefined();
  });

  test('is decided by a newer record, where the caller has one', () => {
    const newer: PeerRecord = { ...record, role: 'viewer' };
    expect(() => permissions.assertMaySend('camera', false, newer)).toThrow(
      expect.objectContaining({ code: 'forbidden' }),
    );
    expect(refusal('camera', false)).toBeUndefined();
  });

  test('counts as changed only if the new settings take or give this peer something', () => {
    expect(adopt({ capacity: 7 })).toBe(false);
    expect(adopt(HOSTS_UNMUTE)).toBe(true);
    expect(adopt({ ...HOSTS_UNMUTE, locked: true })).toBe(false);
    expect(adopt({ whoMayChat: 'hosts' })).toBe(true);
    become({ role: 'host' });
    expect(adopt({})).toBe(false);
  });

  test.each<[Role, boolean, boolean]>([
    ['participant', true, true],
    ['participant', false, false],
    ['host', true, false],
    ['owner', true, false],
  ])('a newcomer who is %s, where everybody enters muted: %s, is muted: %s', (role, mutedOnEntry, muted) => {
    become({ role });
    adopt({ mutedOnEntry });
    expect(permissions.mutesOnEntry).toBe(muted);
  });
});
