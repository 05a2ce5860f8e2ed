import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '@parley/common/logging';
import type { MediaNode } from './media-node.ts';

const LOOK_INTERVAL_MS = 100;

/**
 * Lets signaling move the peers elsewhere before the node ends, for `timeoutMs` at most. Peers without another node keep their media so long.
 */
export async function drain(
  node: Pick<MediaNode, 'drain' | 'peerCount'>,
  timeoutMs: number,
  logger: Logger,
): Promise<void> {
  const startedAt = performance.now();
  const peers = node.peerCount;
  node.drain();
  while (node.peerCount > 0 && performance.now() - startedAt < timeoutMs) await pause(LOOK_INTERVAL_MS);
  const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
  logger.info({ peers, left: node.peerCount, seconds }, 'node drained');
}
