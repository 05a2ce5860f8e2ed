import type { RoomSettings, RoomSettingsChange } from '@parley/proto/room';

export type SettingsProps = {
  settings: RoomSettings;
  /** Called with each change by itself, once it is whole. */
  onChange: (change: RoomSettingsChange) => void;
};
