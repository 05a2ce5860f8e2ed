import { describe, expect, test } from '@jest/globals';
import { permissionsOf, publishes, ROLE_PERMISSIONS, SOURCE_PERMISSIONS } from '@parley/proto/requests';
import { DEFAULT_ROOM_SETTINGS, roleSchema, type RoomSettings } from '@parley/proto/room';

const STRICT: RoomSettings = {
  ...DEFAULT_ROOM_SETTINGS,
  whoMayShareScreen: 'hosts',
  whoMayChat: 'hosts',
  whoMayUnmute: 'hosts',
  whoMayStartVideo: 'hosts',
};

describe('a role', () => {
  test.each(roleSchema.options)('that may send anything may have a microphone: %s', (role) => {
    const sources = Object.values(SOURCE_PERMISSIONS);
    expect(publishes(role)).toBe(
      ROLE_PERMISSIONS[role].some((permission) => sources.includes(permission as never)),
    );
  });

  test.each(roleSchema.options)('sends something or nothing, whatever the settings are: %s', (role) => {
    for (const settings of [DEFAULT_ROOM_SETTINGS, STRICT])
      expect(permissionsOf({ role }, settings).includes('publish:microphone')).toBe(publishes(role));
  });

  test('of a viewer alone sends nothing', () => {
    expect(roleSchema.options.filter((role) => !publishes(role))).toEqual(['viewer']);
  });
});
