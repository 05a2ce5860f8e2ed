import type { CallError } from '../base/call-failure.ts';
import type { ScreenContent } from '../screen/screen-content.ts';

/** A device that captures. */
export type DeviceName = 'microphone' | 'camera';

/**
 * The state of a capture device. `released`: it is off; a muted microphone may be held for a while, see `HeldTrack`.
 * `asking`: the browser waits for the person to allow the device. `silenced`: the device is open, but the operating system
 * or a switch on the device blocks its signal. `soundless`: the microphone is open and not silenced, but gives only zeros.
 */
export type DeviceState =
  | { status: 'released' }
  | { status: 'starting'; asking?: boolean }
  | { status: 'live'; silenced?: boolean; soundless?: boolean }
  | { status: 'failed'; error: CallError };

/** What this browser shares of its screen. */
export type ScreenShare = {
  content: ScreenContent;
  /** The person may look at things that the others must not see: nothing is sent. */
  paused: boolean;
  hasSound: boolean;
};

export type DeviceList = {
  microphones: readonly DeviceChoice[];
  cameras: readonly DeviceChoice[];
  speakers: readonly DeviceChoice[];
  microphoneId: string | null;
  cameraId: string | null;
  speakerId: string | null;
};
export type DeviceChoice = { deviceId: string; label: string };
