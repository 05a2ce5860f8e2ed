import type { CallError, CallState, Notice } from '../call/index.ts';
import { isOn } from '../selectors/is-on.ts';
import { deviceErrorWords, errorWords } from './error-words.ts';

export type NoticeWords = {
  title: string;
  advice: string | null;
  tone: 'good' | 'neutral' | 'trouble';
  /** Stays until it is dismissed. */
  lasting: boolean;
};

/** For a device that is open but gives nothing, because the system or a switch silences it. */
export const SILENCED_WORDS = {
  microphone: 'Your system has muted your microphone',
  camera: 'Your system has turned your camera off',
} as const;

const PLAIN: Record<Exclude<Notice['kind'], 'device-error' | 'request-failed'>, NoticeWords> = {
  'microphone-unplugged': {
    title: 'Your microphone was unplugged',
    advice: 'Choose another one in the settings, or plug it in again.',
    tone: 'trouble',
    lasting: false,
  },
  'camera-unplugged': {
    title: 'Your camera was unplugged',
    advice: 'Choose another one in the settings, or plug it in again.',
    tone: 'trouble',
    lasting: false,
  },
  'microphone-silenced': {
    title: SILENCED_WORDS.microphone,
    advice:
      'The others cannot hear you. Look for a switch on your headset, or in the settings of your device.',
    tone: 'trouble',
    lasting: false,
  },
  'camera-silenced': {
    title: SILENCED_WORDS.camera,
    advice:
      'The others cannot see you. Look for a cover or a switch on the camera, or in the settings of your device.',
    tone: 'trouble',
    lasting: false,
  },
  'speaker-unplugged': {
    title: 'Your speaker was unplugged',
    advice: 'Sound goes to the default speaker now.',
    tone: 'neutral',
    lasting: false,
  },
  'screen-share-ended': {
    title: 'Your screen is no longer shared',
    advice: null,
    tone: 'neutral',
    lasting: false,
  },
  'network-poor': {
    title: 'Your connection is poor',
    advice: 'Without pictures you may hear the others better.',
    tone: 'trouble',
    lasting: true,
  },
  reconnected: { title: 'You are connected again', advice: null, tone: 'good', lasting: false },
  'media-restored': { title: 'Sound and video are back', advice: null, tone: 'good', lasting: false },
  'autoplay-blocked': {
    title: 'The browser has blocked the sound',
    advice: 'Turn it on to hear the others.',
    tone: 'trouble',
    lasting: true,
  },
  'pictures-blocked': {
    title: 'The browser has stopped the pictures',
    advice: 'It may save the battery. Show them again to see the others.',
    tone: 'trouble',
    lasting: true,
  },
};

type Devices = Pick<CallState, 'microphone' | 'camera'>;

export function noticeWords(notice: Notice, devices: Devices): NoticeWords {
  if (notice.kind === 'microphone-unplugged' && isOn(devices.microphone))
    return { ...PLAIN[notice.kind], advice: 'Another one is used now. Mute it if you do not want this.' };
  if (notice.kind === 'camera-unplugged' && isOn(devices.camera))
    return { ...PLAIN[notice.kind], advice: 'Another one is used now. Turn it off if you do not want this.' };
  if (notice.kind !== 'device-error' && notice.kind !== 'request-failed') return PLAIN[notice.kind];
  if (notice.error === null)
    return { title: 'That did not work', advice: 'Try again.', tone: 'trouble', lasting: false };
  const { title, advice } = failureWords(notice.error, devices);
  return { title, advice, tone: 'trouble', lasting: false };
}

/** A notice has the error; the state of the devices says which device has it. */
function failureWords(error: CallError, devices: Devices): { title: string; advice: string } {
  const failed = (['microphone', 'camera'] as const).find((name) => {
    const device = devices[name];
    return device.status === 'failed' && device.error.code === error.code;
  });
  return failed === undefined ? errorWords(error) : deviceErrorWords(failed, error);
}
