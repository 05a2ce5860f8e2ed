import type { Frame } from '../../tests/harness/browser/wire-log.ts';

/** The last of them lets the media of a page that joins flow. */
const LAST: readonly string[] = ['transport:connect', 'consumer:resume'];

/**
 * How many answers the client had to wait for until its media could flow: the longest chain of requests up to the last of these frames,
 * each sent after the reply to the one before.
 */
export function roundTripsBeforeMedia(frames: readonly Frame[]): number {
  const depths = new Map<number, number>();
  let repliedDepth = 0;
  for (const frame of frames) {
    if (frame.id === null) continue;
    if (frame.direction === 'sent') depths.set(frame.id, repliedDepth + 1);
    else if (frame.type === 'ack') repliedDepth = Math.max(repliedDepth, depths.get(frame.id) ?? 0);
  }
  return repliedDepth;
}

/** The frames from the join of a page up to the request that lets media flow: the one that connects the transport, or resumes a consumer on one that is connected. */
export function untilMediaFlows(frames: readonly Frame[]): Frame[] {
  const begin = frames.findIndex(({ direction, name }) => direction === 'sent' && name === 'room:join');
  const own = frames.slice(begin);
  const replied = own.findIndex(({ type, id }) => type === 'ack' && id === own[0]?.id);
  const end = own.findIndex(
    ({ direction, name }, index) => index > replied && direction === 'sent' && LAST.includes(name),
  );
  if (begin === -1 || replied === -1 || end === -1) throw new Error('the page asked for no media');
  return own.slice(0, end + 1);
}
