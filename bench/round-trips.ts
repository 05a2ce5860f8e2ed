import type { Frame } from '../tests/harness/browser/wire-log.ts';

/**
 * How many round trips the client needed before its first pictures: the longest chain of requests up to the last
 * `consumer:resume`, each sent after the reply to the one before. Requests that do not wait for each other count once.
 */
export function roundTripsBeforeMedia(frames: readonly Frame[]): number {
  const depths = new Map<number, number>();
  let repliedDepth = 0;
  let deepest = 0;
  for (const frame of frames) {
    if (frame.id === null) continue;
    if (frame.direction === 'received') {
      if (frame.type === 'ack') repliedDepth = Math.max(repliedDepth, depths.get(frame.id) ?? 0);
      continue;
    }
    const depth = repliedDepth + 1;
    depths.set(frame.id, depth);
    if (frame.name === 'consumer:resume') deepest = Math.max(deepest, depth);
  }
  return deepest;
}

/** The frames of a page up to its first `consumer:resume`, the last request before media flows. */
export function untilMediaFlows(frames: readonly Frame[]): Frame[] {
  const end = frames.findIndex(({ direction, name }) => direction === 'sent' && name === 'consumer:resume');
  if (end === -1) throw new Error('the page asked for no media');
  return frames.slice(0, end + 1);
}
