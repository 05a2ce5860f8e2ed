import type { Logger } from '@parley/common/logging';
import { setLogEventListeners } from 'mediasoup';

/**
 * Sends mediasoup's own log to the log of the service. A warning of mediasoup is mostly a request that it refused,
 * and the caller of that request receives the error: `debug` is enough for it.
 */
export function bridgeMediasoupLogs(logger: Logger): void {
  setLogEventListeners({
    onwarn: (namespace, text) => logger.debug({ namespace, text }, 'mediasoup warning'),
    onerror: (namespace, text, error) => logger.warn({ namespace, text, err: error }, 'mediasoup error'),
  });
}
