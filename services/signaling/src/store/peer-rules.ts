import { isDeepStrictEqual } from 'node:util';
import { leads, ParleyError } from '@parley/proto';
import type { LeaveReason, LivePeer, PeerGuard } from './live-room-store.ts';

/*
 * The rules that every store follows, wherever it keeps its peers. Pure.
 */

/** Throws `closed`, or `resume_rejected` for a secret, if the guard does not match. */
export function assertGuard(peer: LivePeer, guard: PeerGuard): void {
  if (guard === 'none') return;
  if ('sessionId' in guard) {
    if (peer.sessionId !== guard.sessionId) throw new ParleyError('closed');
  } else if (!peer.resumeSecretHashes.includes(guard.resumeSecretHash)) {
    throw new ParleyError('resume_rejected');
  }
}

/** A peer that resumed, or got more time, since its expiry was read does not time out. */
export function mayLeave({ expiresAt }: LivePeer, reason: LeaveReason, now: number): boolean {
  return reason !== 'timed-out' || (expiresAt !== null && expiresAt <= now);
}

/** A changed record gets the next version. An unchanged record stays the same object. */
export function withNextVersion(before: LivePeer, changed: LivePeer): LivePeer {
  if (isDeepStrictEqual(before.record, changed.record)) return { ...changed, record: before.record };
  return { ...changed, record: { ...changed.record, version: before.record.version + 1 } };
}

/** After a failed join the same token may be used again, because its client has no reply to resume with. */
export function isForGood(reason: LeaveReason | undefined): boolean {
  return reason !== undefined && reason !== 'failed';
}

/** Whether somebody leads the call no more after this change of a peer; `after` is undefined if the peer leaves. */
export function stopsLeading(before: LivePeer, after: LivePeer | undefined): boolean {
  return leads(before.record.role) && (after === undefined || !leads(after.record.role));
}

export function asHost(peer: LivePeer): LivePeer {
  return { ...peer, record: { ...peer.record, role: 'host', version: peer.record.version + 1 } };
}

/** Whether a change of a peer failed because the peer left or another session has it. */
export function isPeerGone(error: unknown): boolean {
  return error instanceof ParleyError && (error.code === 'closed' || error.code === 'peer_not_found');
}
