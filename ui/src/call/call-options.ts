import type { types } from 'mediasoup-client';
import type { Capture } from './capture.ts';
import type { ClientLog } from './log.ts';

export type CallOptions = {
  /** Scheme, host and port of REST and signalling; where the page came from when absent. */
  origin?: string;
  log?: ClientLog;
  /** Of tests. */
  capture?: Capture;
  handlerFactory?: types.HandlerFactory;
};
