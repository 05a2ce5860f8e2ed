import type { RoomSettings, RoomSettingsChange } from '@parley/proto/room';

/** Settings as they are after a change. */
export function appliedSettings(settings: RoomSettings, change: RoomSettingsChange): RoomSettings {
  const { passcode, ...rest } = change;
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return {
    ...settings,
    ...given,
    ...(passcode !== undefined && { hasPasscode: passcode !== null }),
  };
}

/** Whether nobody could ever come in. */
export function closesBeforeItOpens({ opensAt, closesAt }: RoomSettings): boolean {
  return opensAt !== null && closesAt !== null && closesAt <= opensAt;
}
