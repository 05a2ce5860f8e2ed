import type { JoinChoice } from '../../src/call/devices/join-choice.ts';

/** Joins with nothing on. */
export const LISTENER: JoinChoice = {
  displayName: 'Ann',
  microphoneOn: false,
  cameraOn: false,
  microphoneId: null,
  cameraId: null,
  speakerId: null,
};
/** Joins with the microphone on. */
export const SPEAKER: JoinChoice = { ...LISTENER, microphoneOn: true };
