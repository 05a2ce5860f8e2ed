import type { CallError, DeviceState } from '../call/index.ts';
import type { Words } from '../languages/words.ts';
import { errorWords, type ErrorWords } from './error-words.ts';

export type Device = 'microphone' | 'camera';
/** What words are about: one device, or both for one cause. */
export type Devices = Device | 'both';

type TitleAndAdvice = Pick<ErrorWords, 'title' | 'advice'>;

/** The errors that say which device they are about. */
const OF_DEVICES = [
  'device_permission_denied',
  'device_not_found',
  'device_busy',
  'device_failed',
  'device_stopped',
  'device_unplugged',
  'over_limit',
] as const;

/** The devices that something is true of; null: neither. */
export function devicesOf(microphone: boolean, camera: boolean): Devices | null {
  if (microphone && camera) return 'both';
  if (microphone) return 'microphone';
  return camera ? 'camera' : null;
}

/** For devices that the browser asks the person to allow. */
export function askingWords({ t }: Words, device: Devices): TitleAndAdvice {
  return { title: t('devices.asking.title'), advice: t('devices.asking.advice', { device }) };
}

/** For devices that are open but give nothing, because the system or a switch silences them. */
export function silencedWords({ t }: Words, device: Devices): TitleAndAdvice {
  return {
    title: t('devices.silenced.title', { device }),
    advice: t('devices.silenced.advice', { device }),
  };
}

/** For a microphone that is open and gives only zeros. */
export function soundlessWords({ t }: Words): TitleAndAdvice {
  return { title: t('devices.soundless.title'), advice: t('devices.soundless.advice') };
}

/** The words of `errorWords`, with the name of the device or devices. */
export function deviceErrorWords(words: Words, device: Devices, error: CallError): ErrorWords {
  const said = errorWords(words, error);
  const code = OF_DEVICES.find((known) => known === error.code);
  if (code === undefined) return said;
  return {
    ...said,
    title: words.t(`devices.errors.${code}.title`, { device }),
    advice: words.t(`devices.errors.${code}.advice`, { device }),
  };
}

/** For a device that was chosen and did not open, while the one of before stays in use. */
export function setbackWords(words: Words, device: Device, error: CallError): TitleAndAdvice {
  const { t } = words;
  const reason = error.code === 'device_busy' ? t('devices.setback.busy') : errorWords(words, error).title;
  return {
    title: t('devices.setback.title', { device }),
    advice: t('devices.setback.advice', { device, reason }),
  };
}

/** The state of the camera before the call, where its picture will be. `DeviceNotes` says what is wrong. */
export function cameraWords({ t }: Words, camera: DeviceState, wanted: boolean): string {
  switch (camera.status) {
    case 'live':
      return t('devices.cameraState.on');
    case 'failed':
      return t(wanted ? 'devices.cameraState.noPicture' : 'devices.cameraState.off');
    case 'starting':
    case 'released':
      return t(wanted ? 'devices.cameraState.starting' : 'devices.cameraState.off');
  }
}
