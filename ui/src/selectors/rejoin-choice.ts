import type { CallState, JoinChoice } from '../call/index.ts';
import { isOn } from './is-on.ts';

/** The phases from Join on. A person who mutes during a slow join stays muted if the join fails and is tried again. */
const PHASES_FROM_JOIN: readonly CallState['phase'][] = ['joining', 'waiting', 'joined', 'reconnecting'];

/**
 * The choice for the next join: the devices and the name as they last were in the call. A microphone that was muted when the call ended
 * is still muted after Rejoin.
 */
export function rejoinChoice(choice: JoinChoice, state: CallState): JoinChoice {
  if (!PHASES_FROM_JOIN.includes(state.phase)) return choice;
  const self = state.participants.find((participant) => participant.isSelf);
  const { microphoneId, cameraId, speakerId } = state.devices;
  return {
    ...(choice.passcode !== undefined && { passcode: choice.passcode }),
    displayName: self?.displayName ?? choice.displayName,
    microphoneOn: isOn(state.microphone),
    cameraOn: isOn(state.camera),
    microphoneId,
    cameraId,
    speakerId,
  };
}
