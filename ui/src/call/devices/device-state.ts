import type { CallError } from '../base/call-failure.ts';

/** A device that captures. */
export type DeviceName = 'microphone' | 'camera';

/**
 * The state of a capture device. `released`: it is off; a muted microphone may be held for a while, see `HeldTrack`.
 * `asking`: the browser waits for the person to allow the device. `silenced`: the device is open, but the operating system
 * or a switch on the device blocks its signal.
 */
export type DeviceState =
  | { status: 'released' }
  | { status: 'starting'; asking?: boolean }
  | { status: 'live'; silenced?: boolean }
  | { status: 'failed'; error: CallError };

export type DeviceList = {
  microphones: readonly DeviceChoice[];
  cameras: readonly DeviceChoice[];
  speakers: readonly DeviceChoice[];
  microphoneId: string | null;
  cameraId: string | null;
  speakerId: string | null;
};
export type DeviceChoice = { deviceId: string; label: string };
