import type { Capture } from './devices/capture.ts';
import type { ClientLog } from './base/log.ts';
import type { MediaDevice } from './media/media-device.ts';

export type CallOptions = {
  /** One for all calls of a page, made when it is opened. */
  device: MediaDevice;
  /** Scheme, host and port of REST and signalling; where the page came from when absent. */
  origin?: string;
  log?: ClientLog;
  /** Of tests. */
  capture?: Capture;
};
