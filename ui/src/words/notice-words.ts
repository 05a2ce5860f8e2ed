import type { CallError, CallState, Notice } from '../call/index.ts';
import type { Words } from '../languages/words.ts';
import { actWords } from './act-words.ts';
import {
  askingWords,
  deviceErrorWords,
  setbackWords,
  silencedWords,
  soundlessWords,
} from './device-words.ts';
import { errorWords } from './error-words.ts';
import { screenErrorWords } from './screen-words.ts';

export type NoticeWords = {
  title: string;
  advice: string | null;
  tone: 'good' | 'neutral' | 'trouble';
  /** Stays until it is dismissed or over. */
  lasting: boolean;
};

type AboutDevice = 'device-replaced' | 'device-silenced' | 'device-soundless' | 'device-asks';
type PlainKind = Exclude<
  Notice['kind'],
  AboutDevice | 'device-error' | 'screen-error' | 'request-failed' | 'act'
>;

const PLAIN: Record<PlainKind, Pick<NoticeWords, 'tone' | 'lasting'>> = {
  'speaker-unplugged': { tone: 'neutral', lasting: false },
  'screen-sound-left-out': { tone: 'neutral', lasting: false },
  'screen-share-ended': { tone: 'neutral', lasting: false },
  'network-poor': { tone: 'trouble', lasting: true },
  'computer-busy': { tone: 'neutral', lasting: false },
  reconnected: { tone: 'good', lasting: false },
  'media-restored': { tone: 'good', lasting: false },
  'no-media': { tone: 'trouble', lasting: true },
  'autoplay-blocked': { tone: 'trouble', lasting: true },
  'pictures-limited': { tone: 'neutral', lasting: true },
  'pictures-blocked': { tone: 'trouble', lasting: true },
};

export function noticeWords(
  words: Words,
  notice: Notice,
  devices: Pick<CallState, 'microphone' | 'camera'> & { mayUnmute?: boolean },
): NoticeWords {
  const { t } = words;
  const { kind, error, device = 'microphone' } = notice;
  switch (kind) {
    case 'device-replaced': {
      const { title } = deviceErrorWords(words, device, {
        code: 'device_unplugged',
        message: kind,
        traceId: null,
      });
      return trouble({ title, advice: t('notices.replaced', { device }) });
    }
    case 'act': {
      const said = notice.act && actWords(words, notice.act, devices.mayUnmute);
      if (said === undefined) return failed(words);
      return { ...said, tone: 'neutral', lasting: notice.act?.kind === 'asked-to-unmute' };
    }
    case 'device-silenced':
      return trouble(silencedWords(words, device));
    case 'device-soundless':
      return trouble(soundlessWords(words));
    case 'device-asks':
      return { ...trouble(askingWords(words, device)), lasting: true };
    case 'device-error':
    case 'screen-error':
    case 'request-failed': {
      if (error === null) return failed(words);
      return trouble(
        kind === 'screen-error'
          ? screenErrorWords(words, error)
          : failureWords(words, error, notice.device, devices),
      );
    }
    default:
      return { title: t(`notices.${kind}.title`), advice: adviceOf(words, kind), ...PLAIN[kind] };
  }
}

function failed({ t }: Words): NoticeWords {
  return trouble({ title: t('notices.failed.title'), advice: t('notices.failed.advice') });
}

/** Good news need no advice. */
function adviceOf({ t }: Words, kind: PlainKind): string | null {
  return kind === 'reconnected' || kind === 'media-restored' ? null : t(`notices.${kind}.advice`);
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
