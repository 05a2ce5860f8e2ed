import { isMac } from '../browser/system.ts';
import type { CallError, ScreenShare } from '../call/index.ts';
import type { Words } from '../languages/words.ts';
import { errorWords } from './error-words.ts';

type TitleAndAdvice = { title: string; advice: string };

/** Why the button for sharing is off. */
export const CANNOT_SHARE = 'This browser cannot share the screen';

/** A failure of screen sharing. The words for a camera or a microphone would send the person to the wrong place. */
export function screenErrorWords(words: Words, error: CallError, onMac = isMac()): TitleAndAdvice {
  switch (error.code) {
    case 'screen_share_blocked':
      return { title: 'This browser is not allowed to record your screen', advice: blockedAdvice(onMac) };
    case 'screen_share_unsupported':
      return {
        title: CANNOT_SHARE,
        advice:
          'Browsers of phones and tablets cannot. Join with Chrome, Edge, Firefox or Safari on a computer to share.',
      };
    case 'screen_sound_failed':
      return {
        title: 'The sound of your screen could not be shared',
        advice: 'Press “Share screen” again: your screen is then shared without sound.',
      };
    case 'insecure_origin':
      return {
        title: 'Sharing the screen needs a secure address',
        advice:
          'Browsers allow it only at https:// addresses and localhost. Open the https:// address of this server.',
      };
    case 'device_not_found':
      return {
        title: 'There was no screen or window to share',
        advice: 'Open the window that you want to share, then share again.',
      };
    case 'device_busy':
      return {
        title: 'Your system did not give the picture of your screen',
        advice: 'Close other programs that record the screen, or share a window or a tab instead.',
      };
    case 'device_failed':
      return {
        title: 'Sharing your screen did not start',
        advice: 'Press “Share screen” again. If that fails too, share a window or a tab instead.',
      };
    default: {
      const { title, advice } = errorWords(words, error);
      return { title: 'Your screen is not shared', advice: `${title}. ${advice}` };
    }
  }
}

function blockedAdvice(onMac: boolean): string {
  return onMac
    ? 'Open System Settings, Privacy & Security, Screen & System Audio Recording, and switch this browser on. Then quit the browser and open it again.'
    : 'Allow screen recording for this browser in the settings of your system, and for this page in the settings of the browser. Then share again.';
}

/** What the person who shares reads all the time. */
export function shareWords({ paused, hasSound }: ScreenShare): { title: string; detail: string } {
  if (paused)
    return { title: 'Your screen share is paused', detail: 'The others see and hear nothing of it.' };
  return {
    title: 'You are sharing your screen',
    detail: hasSound ? 'Everyone sees it and hears its sound.' : 'Everyone sees it.',
  };
}
