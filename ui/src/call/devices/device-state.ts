import type { CallError } from '../base/call-failure.ts';

/**
 * A capture device of this browser, or why there is none. `released` means the hardware is free. `silenced`: it is open,
 * but the system or a switch on it lets nothing through.
 */
export type DeviceState =
  | { status: 'released' }
  | { status: 'starting' }
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
