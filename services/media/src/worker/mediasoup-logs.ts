import type { Logger } from '@parley/common/logging';
import { setLogEventListeners } from 'mediasoup';

/**
 * Sends what mediasoup itself logs to our log. Its warnings are mostly requests that it refused, which our callers
 * hear about anyway.
 */
export function bridgeMediasoupLogs(logger: Logger): void {
  setLogEventListeners({
    onwarn: (namespace, text) => logger.debug({ namespace, text }, 'mediasoup warning'),
    onerror: (namespace, text, error) => logger.warn({ namespace, text, err: error }, 'mediasoup error'),
  });
}
