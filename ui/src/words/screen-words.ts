import { isMac } from '../browser/system.ts';
import type { CallError, ScreenShare } from '../call/index.ts';
import type { Words } from '../languages/words.ts';
import { errorWords } from './error-words.ts';

type TitleAndAdvice = { title: string; advice: string };

/** The errors that have words about screens. Those for a camera or a microphone would send the person to the wrong place. */
const OF_SCREENS = [
  'screen_share_unsupported',
  'screen_sound_failed',
  'insecure_origin',
  'device_not_found',
  'device_busy',
  'device_failed',
] as const;

/** Why the button for sharing is off. */
export function cannotShareWords({ t }: Words): string {
  return t('screen.errors.screen_share_unsupported.title');
}

/** A failure of screen sharing. */
export function screenErrorWords(words: Words, error: CallError, onMac = isMac()): TitleAndAdvice {
  const { t } = words;
  if (error.code === 'screen_share_blocked')
    return {
      title: t('screen.blocked.title'),
      advice: t(onMac ? 'screen.blocked.onMac' : 'screen.blocked.elsewhere'),
    };
  const code = OF_SCREENS.find((known) => known === error.code);
  if (code !== undefined)
    return { title: t(`screen.errors.${code}.title`), advice: t(`screen.errors.${code}.advice`) };
  const { title, advice } = errorWords(words, error);
  return { title: t('screen.notShared'), advice: `${title}. ${advice}` };
}

/** What the person who shares reads all the time. */
export function shareWords(
  { t }: Words,
  { paused, hasSound }: ScreenShare,
): { title: string; detail: string } {
  if (paused) return { title: t('screen.share.paused.title'), detail: t('screen.share.paused.detail') };
  return {
    title: t('screen.share.running.title'),
    detail: t(hasSound ? 'screen.share.running.seenAndHeard' : 'screen.share.running.seen'),
  };
}
