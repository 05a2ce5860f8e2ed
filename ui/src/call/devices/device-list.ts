import type { DeviceChoice, DeviceList } from './device-state.ts';

export const NO_DEVICES: DeviceList = {
  microphones: [],
  cameras: [],
  speakers: [],
  microphoneId: null,
  cameraId: null,
  speakerId: null,
};

export type ChosenDevices = Pick<DeviceList, 'microphoneId' | 'cameraId' | 'speakerId'>;

/**
 * The devices that a browser lists, by kind. Before the user allows devices, the browser gives no ids and no labels,
 * and the lists are empty.
 */
export function listDevices(
  infos: readonly Pick<MediaDeviceInfo, 'deviceId' | 'kind' | 'label'>[],
  chosen: ChosenDevices,
): DeviceList {
  const of = (kind: MediaDeviceKind, noun: string): DeviceChoice[] =>
    infos
      .filter((info) => info.kind === kind && info.deviceId !== '')
      .map((info, index) => ({
        deviceId: info.deviceId,
        label: info.label === '' ? `${noun} ${index + 1}` : info.label,
      }));
  return {
    microphones: of('audioinput', 'Microphone'),
    cameras: of('videoinput', 'Camera'),
    speakers: of('audiooutput', 'Speaker'),
    ...chosen,
  };
}

/**
 * The chosen devices that are no longer there. An empty list is ignored, because the user may not have allowed devices
 * yet.
 */
export function missingDevices(devices: DeviceList): (keyof ChosenDevices)[] {
  const missing = (list: readonly DeviceChoice[], id: string | null): boolean =>
    id !== null && list.length > 0 && !list.some((choice) => choice.deviceId === id);
  const found: (keyof ChosenDevices)[] = [];
  if (missing(devices.microphones, devices.microphoneId)) found.push('microphoneId');
  if (missing(devices.cameras, devices.cameraId)) found.push('cameraId');
  if (missing(devices.speakers, devices.speakerId)) found.push('speakerId');
  return found;
}
