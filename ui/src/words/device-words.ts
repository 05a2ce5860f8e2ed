import type { CallError, DeviceState } from '../call/index.ts';
import { errorWords, type ErrorWords } from './error-words.ts';

export type Device = 'microphone' | 'camera';
/** What words are about: one device, or both for one cause. */
export type Devices = Device | 'both';

export const DEVICE_NAMES: Record<Devices, string> = {
  microphone: 'microphone',
  camera: 'camera',
  both: 'microphone and camera',
};

type Words = Pick<ErrorWords, 'title' | 'advice'>;

/** For a device that is open but gives nothing, because the system or a switch silences it. */
export const SILENCED_WORDS: Record<Devices, string> = {
  microphone: 'Your system has muted your microphone',
  camera: 'Your system has turned your camera off',
  both: 'Your system has turned your microphone and camera off',
};

export const ASKING_WORDS = 'Answer the question of your browser';

const SILENCED_ADVICE: Record<Devices, string> = {
  microphone:
    'The others cannot hear you. Look for a switch on your headset, or in the settings of your device.',
  camera:
    'The others cannot see you. Look for a cover or a switch on the camera, or in the settings of your device.',
  both: 'The others cannot hear or see you. Look for a switch, or in the settings of your device.',
};

/** The devices that something is true of; null: neither. */
export function devicesOf(microphone: boolean, camera: boolean): Devices | null {
  if (microphone && camera) return 'both';
  if (microphone) return 'microphone';
  return camera ? 'camera' : null;
}

/** For devices that the browser asks the person to allow. */
export function askingWords(device: Devices): Words {
  return { title: ASKING_WORDS, advice: `It asks whether this page may use your ${DEVICE_NAMES[device]}.` };
}

/** For devices that are open but give nothing. */
export function silencedWords(device: Devices): Words {
  return { title: SILENCED_WORDS[device], advice: SILENCED_ADVICE[device] };
}

/** As `errorWords`, with the name of the device or devices. */
export function deviceErrorWords(device: Devices, error: CallError): ErrorWords {
  const words = errorWords(error);
  const name = DEVICE_NAMES[device];
  const title = TITLES[error.code]?.(name) ?? words.title;
  if (device !== 'both') return { ...words, title };
  return { ...words, title, ...PLURALS[error.code] };
}

/** For a device that was chosen and did not open, while the one of before stays in use. */
export function setbackWords(device: Device, error: CallError): Words {
  const reason = error.code === 'device_busy' ? 'Another program may be using it.' : errorWords(error).title;
  return {
    title: `The other ${device} did not start`,
    advice: `${reason.replace(/[.]?$/, '.')} Your ${device} of before is used again.`,
  };
}

type Titles = Partial<Record<CallError['code'], (name: string) => string>>;

const TITLES: Titles = {
  device_permission_denied: (name) => `The browser is not allowed to use your ${name}`,
  device_not_found: (name) => `No ${name} was found`,
  device_busy: (name) => `Another program is using your ${name}`,
  device_failed: (name) => `Your ${name} did not start`,
  device_stopped: (name) => `Your ${name} stopped several times`,
  device_unplugged: (name) => `Your ${name} was unplugged`,
};

const PLURALS: Partial<Record<CallError['code'], Partial<Words>>> = {
  device_permission_denied: { advice: 'Allow them with the icon next to the address, then try again.' },
  device_not_found: {
    title: 'No microphone and no camera were found',
    advice: 'Plug them in and try again.',
  },
  device_failed: { advice: 'Unplug them and plug them in again, or choose others.' },
  device_stopped: {
    advice: 'Another program may be taking them. Close that program and try again, or choose others.',
  },
  device_unplugged: {
    title: 'Your microphone and camera were unplugged',
    advice: 'Plug them in again or choose others, then turn them on.',
  },
};

/** The state of the camera before the call, where its picture will be. `DeviceNotes` says what is wrong. */
export function cameraWords(camera: DeviceState, wanted: boolean): string {
  switch (camera.status) {
    case 'live':
      return 'Your camera is on';
    case 'failed':
      return wanted ? 'No picture' : 'Your camera is off';
    case 'starting':
    case 'released':
      return wanted ? 'Starting the camera…' : 'Your camera is off';
  }
}
