import {
  roomSettingsChangeSchema,
  roomSettingsSchema,
  type RoomSettings,
  type RoomSettingsChange,
} from '../room/room-settings.ts';
import type {
  RoomSettingsInput,
  RoomSettings as SettingsMessage,
} from './generated/parley/room/v1/RoomSettings.ts';
import type {
  RoomSettingsChange as ChangeMessage,
  RoomSettingsChangeInput,
} from './generated/parley/room/v1/RoomSettingsChange.ts';

/*
 * Settings as messages. A message cannot say null: settings leave out what is null, and a change says 0 or an empty text for it.
 */

const NULLABLE = ['capacity', 'opensAt', 'closesAt'] as const;

export function toSettingsMessage(settings: RoomSettings): RoomSettingsInput {
  return without(settings, (value) => value === null);
}

/** Throws ZodError. */
export function fromSettingsMessage(message: SettingsMessage): RoomSettings {
  const none = Object.fromEntries(NULLABLE.map((name) => [name, null]));
  return roomSettingsSchema.parse({ ...none, ...fieldsOf(message) });
}

export function toSettingsChangeMessage(change: RoomSettingsChange): RoomSettingsChangeInput {
  const cleared = Object.fromEntries(
    NULLABLE.filter((name) => change[name] === null).map((name) => [name, 0]),
  );
  const passcode = change.passcode === null ? { passcode: '' } : {};
  return without({ ...change, ...cleared, ...passcode }, (value) => value === undefined);
}

/** A message that is not there changes nothing. Throws ZodError. */
export function fromSettingsChangeMessage(message: ChangeMessage | null): RoomSettingsChange {
  const fields: Record<string, unknown> = message === null ? {} : fieldsOf(message);
  for (const name of NULLABLE) if (fields[name] === 0) fields[name] = null;
  if (fields['passcode'] === '') fields['passcode'] = null;
  return roomSettingsChangeSchema.parse(fields);
}

/** Without the `_name` that the loader adds for each field that may be absent. */
function fieldsOf(message: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(message).filter(([name]) => !name.startsWith('_')));
}

function without(fields: object, leftOut: (value: unknown) => boolean): Record<string, never> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => !leftOut(value))) as Record<
    string,
    never
  >;
}
