import type { Frame } from '../tests/harness/browser/wire-log.ts';

/**
 * How many times the client had to hear from the server before it could send the last request that its first pictures
 * needed, that request included. Requests sent without waiting for each other count once.
 */
export function roundTripsBeforeMedia(frames: readonly Frame[]): number {
  const depths = new Map<number, number>();
  let heard = 0;
  let before = 0;
  for (const frame of frames) {
    if (frame.id === null) continue;
    if (frame.direction === 'received') {
      if (frame.type === 'ack') heard = Math.max(heard, depths.get(frame.id) ?? 0);
      continue;
    }
    const depth = heard + 1;
    depths.set(frame.id, depth);
    if (frame.name === 'consumer:resume') before = Math.max(before, depth);
  }
  return before;
}

/** The frames of a page up to its first `consumer:resume`, the last word before media flows. */
export function untilMediaFlows(frames: readonly Frame[]): Frame[] {
  const end = frames.findIndex(({ direction, name }) => direction === 'sent' && name === 'consumer:resume');
  if (end === -1) throw new Error('the page asked for no media');
  return frames.slice(0, end + 1);
}
