import { isDeepStrictEqual } from 'node:util';
import { ParleyError } from '@parley/proto';
import type { LeaveReason, LivePeer, PeerGuard } from './live-room-store.ts';

/*
 * What every store keeps to, wherever it keeps its peers. Pure.
 */

/** Throws `closed`, or `resume_rejected` for a secret, when the guard does not match. */
export function assertGuard(peer: LivePeer, guard: PeerGuard): void {
  if (guard === 'none') return;
  if ('sessionId' in guard) {
    if (peer.sessionId !== guard.sessionId) throw new ParleyError('closed');
  } else if (!peer.resumeSecretHashes.includes(guard.resumeSecretHash)) {
    throw new ParleyError('resume_rejected');
  }
}

/** Who came back or got more time since somebody looked does not time out. */
export function mayLeave({ expiresAt }: LivePeer, reason: LeaveReason, now: number): boolean {
  return reason !== 'timed-out' || (expiresAt !== null && expiresAt <= now);
}

/** A record that changed carries the version after the present one; one that did not stays the same object. */
export function withNextVersion(before: LivePeer, changed: LivePeer): LivePeer {
  if (isDeepStrictEqual(before.record, changed.record)) return { ...changed, record: before.record };
  return { ...changed, record: { ...changed.record, version: before.record.version + 1 } };
}

/** A join that failed was undone because nobody has its reply; whoever asked may ask again with the same token. */
export function isForGood(departure: LeaveReason | undefined): boolean {
  return departure !== undefined && departure !== 'failed';
}
