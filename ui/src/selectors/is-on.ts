import type { DeviceState } from '../call/index.ts';

/** A device that is on its way counts as on: a second press turns it off again. */
export function isOn({ status }: DeviceState): boolean {
  return status === 'live' || status === 'starting';
}
