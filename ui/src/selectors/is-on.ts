import type { DeviceState } from '../call/index.ts';

/** A device that is starting counts as on, so that a second press turns it off again. */
export function isOn({ status }: DeviceState): boolean {
  return status === 'live' || status === 'starting';
}
