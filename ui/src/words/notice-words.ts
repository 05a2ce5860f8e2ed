import type { CallError, CallState, Notice } from '../call/index.ts';
import {
  ASKING_WORDS,
  DEVICE_NAMES,
  deviceErrorWords,
  setbackWords,
  SILENCED_WORDS,
  type Devices,
} from './device-words.ts';
import { errorWords } from './error-words.ts';

export type NoticeWords = {
  title: string;
  advice: string | null;
  tone: 'good' | 'neutral' | 'trouble';
  /** Stays until it is dismissed or over. */
  lasting: boolean;
};

type AboutDevice = 'device-replaced' | 'device-silenced' | 'device-asks';
type PlainKind = Exclude<Notice['kind'], AboutDevice | 'device-error' | 'request-failed'>;

const PLAIN: Record<PlainKind, NoticeWords> = {
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
  'no-media': {
    title: 'Sound and pictures do not get through',
    advice:
      'A firewall, a VPN or a setting of this network blocks them. Try another network, or check the connection.',
    tone: 'trouble',
    lasting: true,
  },
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

const USED_NOW: Record<Devices, string> = {
  microphone: 'Another one is used now. Mute it if you do not want this.',
  camera: 'Another one is used now. Turn it off if you do not want this.',
  both: 'Others are used now. Turn them off if you do not want this.',
};

const SILENCED_ADVICE: Record<Devices, string> = {
  microphone:
    'The others cannot hear you. Look for a switch on your headset, or in the settings of your device.',
  camera:
    'The others cannot see you. Look for a cover or a switch on the camera, or in the settings of your device.',
  both: 'The others cannot hear or see you. Look for a switch, or in the settings of your device.',
};

export function noticeWords(notice: Notice, devices: Pick<CallState, 'microphone' | 'camera'>): NoticeWords {
  const { kind, error, device = 'microphone' } = notice;
  switch (kind) {
    case 'device-replaced': {
      const verb = device === 'both' ? 'were' : 'was';
      return trouble(`Your ${DEVICE_NAMES[device]} ${verb} unplugged`, USED_NOW[device]);
    }
    case 'device-silenced':
      return trouble(SILENCED_WORDS[device], SILENCED_ADVICE[device]);
    case 'device-asks': {
      const advice = `It asks whether this page may use your ${DEVICE_NAMES[device]}.`;
      return { ...trouble(ASKING_WORDS, advice), lasting: true };
    }
    case 'device-error':
    case 'request-failed': {
      if (error === null) return trouble('That did not work', 'Try again.');
      const { title, advice } = failureWords(error, notice.device, devices);
      return trouble(title, advice);
    }
    default:
      return PLAIN[kind];
  }
}

function trouble(title: string, advice: string): NoticeWords {
  return { title, advice, tone: 'trouble', lasting: false };
}

function failureWords(
  error: CallError,
  device: Notice['device'],
  devices: Pick<CallState, 'microphone' | 'camera'>,
): { title: string; advice: string } {
  if (device === undefined) return errorWords(error);
  if (device !== 'both' && devices[device].status === 'live') return setbackWords(device, error);
  return deviceErrorWords(device, error);
}
