import type { CallError, CallState, Notice } from '../call/index.ts';
import type { Words } from '../languages/words.ts';
import { askingWords, deviceErrorWords, setbackWords, silencedWords, type Devices } from './device-words.ts';
import { errorWords } from './error-words.ts';
import { screenErrorWords } from './screen-words.ts';

export type NoticeWords = {
  title: string;
  advice: string | null;
  tone: 'good' | 'neutral' | 'trouble';
  /** Stays until it is dismissed or over. */
  lasting: boolean;
};

type AboutDevice = 'device-replaced' | 'device-silenced' | 'device-asks';
type PlainKind = Exclude<Notice['kind'], AboutDevice | 'device-error' | 'screen-error' | 'request-failed'>;

const PLAIN: Record<PlainKind, NoticeWords> = {
  'speaker-unplugged': {
    title: 'Your speaker was unplugged',
    advice: 'Sound goes to the default speaker now.',
    tone: 'neutral',
    lasting: false,
  },
  'screen-sound-left-out': {
    title: 'Your screen is shared without its sound',
    advice: 'Share a tab to share the sound of that tab.',
    tone: 'neutral',
    lasting: false,
  },
  'screen-share-ended': {
    title: 'Your screen is no longer shared',
    advice: 'It was ended in the browser or by your system, or its window was closed.',
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

export function noticeWords(
  words: Words,
  notice: Notice,
  devices: Pick<CallState, 'microphone' | 'camera'>,
): NoticeWords {
  const { kind, error, device = 'microphone' } = notice;
  switch (kind) {
    case 'device-replaced': {
      const { title } = deviceErrorWords(words, device, {
        code: 'device_unplugged',
        message: kind,
        traceId: null,
      });
      return trouble({ title, advice: USED_NOW[device] });
    }
    case 'device-silenced':
      return trouble(silencedWords(words, device));
    case 'device-asks':
      return { ...trouble(askingWords(words, device)), lasting: true };
    case 'device-error':
    case 'screen-error':
    case 'request-failed': {
      if (error === null) return trouble({ title: 'That did not work', advice: 'Try again.' });
      return trouble(
        kind === 'screen-error'
          ? screenErrorWords(words, error)
          : failureWords(words, error, notice.device, devices),
      );
    }
    default:
      return PLAIN[kind];
  }
}

function trouble({ title, advice }: { title: string; advice: string }): NoticeWords {
  return { title, advice, tone: 'trouble', lasting: false };
}

function failureWords(
  words: Words,
  error: CallError,
  device: Notice['device'],
  devices: Pick<CallState, 'microphone' | 'camera'>,
): { title: string; advice: string } {
  if (device === undefined) return errorWords(words, error);
  if (device !== 'both' && devices[device].status === 'live') return setbackWords(words, device, error);
  return deviceErrorWords(words, device, error);
}
