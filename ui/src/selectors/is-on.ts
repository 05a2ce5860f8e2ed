import type { DeviceState } from '../call/index.ts';

/** A device that is starting counts as on, so that a second press turns it off again. */
export function isOn({ status }: DeviceState): boolean {
  return status === 'live' || status === 'starting';
}

/** What the switch of a device shows. */
export type SwitchState = 'off' | 'starting' | 'on';

export function switchState({ status }: DeviceState): SwitchState {
  if (status === 'live') return 'on';
  return status === 'starting' ? 'starting' : 'off';
}

/** Whether the browser waits for the person to allow the device. */
export function isAsking(state: DeviceState): boolean {
  return state.status === 'starting' && state.asking === true;
}

/** Whether the microphone is open and gives only zeros. */
export function isSoundless(state: DeviceState): boolean {
  return state.status === 'live' && state.soundless === true;
}

/** Whether the system or a switch on the device blocks its signal. */
export function isSilenced(state: DeviceState): boolean {
  return state.status === 'live' && state.silenced === true;
}
