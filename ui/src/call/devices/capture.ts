import { CallFailure } from '../base/call-failure.ts';
import { watchPageReturn, type PageReturn } from '../base/page-return.ts';
import { deviceFailure } from '../base/device-failure.ts';
import type { DeviceName } from './device-state.ts';
import { captureScreen, type CapturedScreen } from '../screen/screen-capture.ts';

/**
 * The browser functions that open and list devices. Tests pass a fake. `microphone`, `camera` and `screen` reject with
 * CallFailure. The caller stops the tracks.
 */
export interface Capture {
  microphone(deviceId: string | null): Promise<MediaStreamTrack>;
  camera(deviceId: string | null): Promise<MediaStreamTrack>;
  screen(options: { withSound: boolean }): Promise<CapturedScreen>;
  enumerate(): Promise<MediaDeviceInfo[]>;
  onDeviceChange(listener: () => void): () => void;
  /** Whether the browser would ask the person for this device now. True if the browser does not say. Never rejects. */
  isAsking(device: DeviceName): Promise<boolean>;
  /** Calls `listener` when the person comes back to the page. */
  onReturn(listener: (how: PageReturn) => void): () => void;
}

const SPEECH: MediaTrackConstraints = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
  channelCount: { ideal: 1 },
};
/** Some cameras, virtual ones above all, have one size and one rate only: a browser then may refuse the `max`. */
const PICTURE: MediaTrackConstraints = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30, max: 30 },
};

export const browserCapture: Capture = {
  microphone: async (deviceId) => openDevice({ audio: withDevice(SPEECH, deviceId) }),
  camera: async (deviceId) => openDevice({ video: withDevice(PICTURE, deviceId) }),
  screen: captureScreen,
  enumerate: async () => (hasDevices() ? navigator.mediaDevices.enumerateDevices() : []),
  onDeviceChange: (listener) => {
    if (!hasDevices()) return () => {};
    navigator.mediaDevices.addEventListener('devicechange', listener);
    return () => navigator.mediaDevices.removeEventListener('devicechange', listener);
  },
  isAsking: async (device) => {
    try {
      return (await navigator.permissions.query({ name: device })).state === 'prompt';
    } catch {
      return true;
    }
  },
  onReturn: watchPageReturn,
};

/** With `ideal`, the browser opens another device if the remembered one is gone, and does not fail. */
function withDevice(constraints: MediaTrackConstraints, deviceId: string | null): MediaTrackConstraints {
  return deviceId === null ? constraints : { ...constraints, deviceId: { ideal: deviceId } };
}

async function openDevice(constraints: MediaStreamConstraints): Promise<MediaStreamTrack> {
  if (!hasDevices()) throw withoutDevices();
  try {
    const track = (await openAsItIs(constraints)).getTracks()[0];
    if (track === undefined) throw new CallFailure('device_not_found');
    if (track.kind === 'video') track.contentHint = 'motion';
    return track;
  } catch (error) {
    throw deviceFailure(error);
  }
}

/** Opens a device that cannot do what is asked for in the way that it can. */
async function openAsItIs(wanted: MediaStreamConstraints): Promise<MediaStream> {
  const { mediaDevices } = navigator;
  try {
    return await mediaDevices.getUserMedia(wanted);
  } catch (error) {
    if (!(error instanceof Error && error.name === 'OverconstrainedError')) throw error;
    const { audio, video } = wanted;
    return mediaDevices.getUserMedia({
      ...(audio !== undefined && { audio: deviceAlone(audio) }),
      ...(video !== undefined && { video: deviceAlone(video) }),
    });
  }
}

function deviceAlone(wishes: boolean | MediaTrackConstraints): boolean | MediaTrackConstraints {
  return typeof wishes === 'object' && wishes.deviceId !== undefined ? { deviceId: wishes.deviceId } : true;
}

/** Browsers hide the devices from pages that are not secure. */
function withoutDevices(): CallFailure {
  return new CallFailure(globalThis.isSecureContext ? 'unsupported_browser' : 'insecure_origin');
}

function hasDevices(): boolean {
  return (navigator.mediaDevices as MediaDevices | undefined) !== undefined;
}
