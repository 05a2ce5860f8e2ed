import { StoredRecord } from '../call/base/stored-record.ts';
import type { PictureMode } from '../call/receive/picture-mode.ts';

/** What this browser remembers of how the person likes to come in. Names and devices are in `CallPreferences`. */
export type PagePreferences = {
  microphoneOn: boolean;
  cameraOn: boolean;
  shortcutsOn: boolean;
  /** A sound when something happens while the page is hidden. */
  soundsOn: boolean;
  /** The number of what happened meanwhile, in the title of the page. */
  countOn: boolean;
  /** Fewer and smaller pictures of others. */
  savePower: boolean;
  /** The most pictures that are received at the same time; null: all that are shown. */
  picturesMax: number | null;
  /** A computer that does not keep up receives fewer pictures, and sends smaller ones. */
  easeLoad: boolean;
};

/** The choices for `picturesMax`. */
export const PICTURES_MAX_CHOICES: readonly number[] = [16, 9, 4, 2, 1];

export const pagePreferences = new StoredRecord<PagePreferences>(
  'parley.view',
  ({ microphoneOn, cameraOn, shortcutsOn, soundsOn, countOn, savePower, picturesMax, easeLoad }) => ({
    microphoneOn: microphoneOn !== false,
    cameraOn: cameraOn !== false,
    shortcutsOn: shortcutsOn !== false,
    soundsOn: soundsOn !== false,
    countOn: countOn !== false,
    savePower: savePower === true,
    picturesMax: PICTURES_MAX_CHOICES.find((choice) => choice === picturesMax) ?? null,
    easeLoad: easeLoad !== false,
  }),
);

/** The pictures that this browser receives, unless the person asked for voices only. */
export function usualPictureMode(): PictureMode {
  return pagePreferences.load().savePower ? 'few' : 'all';
}
