import { F3 } from './call/breaker-fault.ts';
import { F16 } from './call/load-fault.ts';
import { F24 } from './call/log-fault.ts';
import { MEDIA_FAULTS } from './call/media-faults.ts';
import { SERVICE_FAULTS } from './call/service-faults.ts';
import { SIGNALING_FAULTS } from './crowd/signaling-faults.ts';
import { STORE_FAULTS } from './crowd/store-faults.ts';
import { STORM_FAULTS } from './crowd/storm-faults.ts';
import { F22 } from './launched/network-fault.ts';
import { F28 } from './rooms/third-fault.ts';
import { F25 } from './launched/service-fault.ts';
import { F23 } from './launched/sleep-fault.ts';
import { F21 } from './launched/tab-fault.ts';
import { F17 } from './crowd/deaf-fault.ts';
import type { AnyFault } from './frame/fault.ts';

/** Every fault, in the order of its number. Those of one ground happen together, so that it is made once. */
export const FAULTS: readonly AnyFault[] = [
  ...MEDIA_FAULTS,
  F3,
  ...SERVICE_FAULTS,
  F16,
  F24,
  ...SIGNALING_FAULTS,
  ...STORE_FAULTS,
  ...STORM_FAULTS,
  F17,
  F21,
  F22,
  F23,
  F25,
  F28,
].toSorted((one, other) => Number(one.name.slice(1)) - Number(other.name.slice(1)));
