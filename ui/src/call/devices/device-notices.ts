import type { DeviceState } from './device-state.ts';

/** Events of devices that the page shows to the user. The page has the texts. */
export type DeviceNotice =
  /** The device in use is gone, and another one is used now. */
  | 'device-replaced'
  /** The system or a switch on the device blocks its signal. */
  | 'device-silenced'
  /** The microphone is open and gives only zeros. */
  | 'device-soundless'
  /** The browser waits for the person to allow the device. */
  | 'device-asks'
  | 'device-error'
  | 'speaker-unplugged'
  | 'screen-error'
  | 'screen-sound-left-out'
  | 'screen-share-ended';

const ABOUT_STATES: readonly DeviceNotice[] = [
  'device-replaced',
  'device-silenced',
  'device-soundless',
  'device-asks',
  'device-error',
];

/** The notice that this state of a device needs, if any. Failures have notices of their own. */
export function noticeOf(state: DeviceState): DeviceNotice | null {
  if (state.status === 'starting' && state.asking === true) return 'device-asks';
  if (state.status !== 'live') return null;
  if (state.silenced === true) return 'device-silenced';
  return state.soundless === true ? 'device-soundless' : null;
}

/** The notices about a device that are over in this state. */
export function noticesOver(state: DeviceState): DeviceNotice[] {
  const still = new Set<DeviceNotice | null>([noticeOf(state)]);
  // A device that stays in use has not become better by that, and a failure is shown right after its state.
  if (state.status === 'live') still.add('device-replaced').add('device-error');
  if (state.status === 'failed') still.add('device-error');
  return ABOUT_STATES.filter((kind) => !still.has(kind));
}
