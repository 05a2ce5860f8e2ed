import type { CallState, JoinChoice } from '../call/index.ts';
import { isOn } from './is-on.ts';

/** From Join on: who mutes while it takes long does not come back live when it fails. */
const PRESENT: readonly CallState['phase'][] = ['joining', 'joined', 'reconnecting'];

/**
 * What a person would join with if they came back now: as they last were in the call. A microphone that was muted
 * before a call ended is not live after it.
 */
export function rejoinChoice(choice: JoinChoice, state: CallState): JoinChoice {
  if (!PRESENT.includes(state.phase)) return choice;
  const self = state.participants.find((participant) => participant.isSelf);
  const { microphoneId, cameraId, speakerId } = state.devices;
  return {
    displayName: self?.displayName ?? choice.displayName,
    microphoneOn: isOn(state.microphone),
    cameraOn: isOn(state.camera),
    microphoneId,
    cameraId,
    speakerId,
  };
}
