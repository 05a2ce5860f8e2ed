import type { Capture } from './capture.ts';
import type { ClientLog } from './log.ts';
import type { MediaDevice } from './media-device.ts';

export type CallOptions = {
  /** One for all calls of a page, made when it is opened. */
  device: MediaDevice;
  /** Scheme, host and port of REST and signalling; where the page came from when absent. */
  origin?: string;
  log?: ClientLog;
  /** Of tests. */
  capture?: Capture;
};
