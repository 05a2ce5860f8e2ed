import type { DeviceState } from '../devices/device-state.ts';
import type { KeptChoice } from '../tab/tab-record.ts';
import type { CallState } from './call-state.ts';

/** The name and the devices as they are now. A device that has failed is off. */
export function keptChoice(
  { microphone, camera, devices }: Pick<CallState, 'microphone' | 'camera' | 'devices'>,
  displayName: string,
): KeptChoice {
  const { microphoneId, cameraId, speakerId } = devices;
  return {
    displayName,
    microphoneOn: isWanted(microphone),
    cameraOn: isWanted(camera),
    microphoneId,
    cameraId,
    speakerId,
  };
}

function isWanted({ status }: DeviceState): boolean {
  return status === 'live' || status === 'starting';
}
