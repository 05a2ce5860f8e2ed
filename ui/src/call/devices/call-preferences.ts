import { StoredRecord } from '../base/stored-record.ts';
import { parseAfterMute, type AfterMute } from './after-mute.ts';
import type { ChosenDevices } from './device-list.ts';

/** The name, the devices and the handling of the microphone that the person chose last. */
export type CallPreferences = ChosenDevices & { displayName: string; afterMute: AfterMute };

const NAME_MAX = 64;
const DEVICE_ID_MAX = 512;

export const callPreferences = new StoredRecord('parley.preferences', parseCallPreferences);

export function parseCallPreferences(stored: Readonly<Record<string, unknown>>): CallPreferences {
  const { displayName, microphoneId, cameraId, speakerId, afterMute } = stored;
  return {
    displayName: typeof displayName === 'string' ? displayName.slice(0, NAME_MAX) : '',
    microphoneId: asDeviceId(microphoneId),
    cameraId: asDeviceId(cameraId),
    speakerId: asDeviceId(speakerId),
    afterMute: parseAfterMute(afterMute),
  };
}

function asDeviceId(value: unknown): string | null {
  return typeof value === 'string' && value !== '' && value.length <= DEVICE_ID_MAX ? value : null;
}
