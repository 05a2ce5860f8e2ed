import type { Lack } from '../browser/call-needs.ts';

/** Title and advice for a browser that cannot take part in calls. */
export const LACK_WORDS: Readonly<Record<Lack, { title: string; advice: string }>> = {
  old: {
    title: 'This browser is too old for calls',
    advice: 'Update it, or open this page in a current Chrome, Edge, Firefox or Safari.',
  },
  webrtc: {
    title: 'This browser cannot make calls as it is set up',
    advice:
      'WebRTC, which carries sound and video, is switched off. Turn it on in the settings or extensions of this browser, turn off Lockdown Mode for this page, or open it in another browser.',
  },
};
