import { StoredRecord } from '../call/base/stored-record.ts';

/** What this browser remembers of how the person likes to come in. Names and devices are in `CallPreferences`. */
export type PagePreferences = {
  microphoneOn: boolean;
  cameraOn: boolean;
  shortcutsOn: boolean;
};

export const pagePreferences = new StoredRecord<PagePreferences>(
  'parley.view',
  ({ microphoneOn, cameraOn, shortcutsOn }) => ({
    microphoneOn: microphoneOn !== false,
    cameraOn: cameraOn !== false,
    shortcutsOn: shortcutsOn !== false,
  }),
);
