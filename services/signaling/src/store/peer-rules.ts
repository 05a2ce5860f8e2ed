import { isDeepStrictEqual } from 'node:util';
import { ParleyError } from '@parley/proto/errors';
import { leads, UNKNOWN_IDENTITY, type Identity, type Role } from '@parley/proto/room';
import type { LeaveReason, LivePeer, PeerGuard, PlacedRecord, RoomEvent } from './live-room-store.ts';

/*
 * The rules that every store follows, wherever it keeps its peers. Pure.
 */

/** The most people of one call whose role is kept. A role that is given after that holds until the person leaves. */
export const ROLES_MAX = 1_000;

export type GivenRole = { readonly identity: Identity; readonly role: Role };

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

/**
 * A changed record gets the next version, and so does one whose media is on another node: the instances apply both in the order of versions. Otherwise
 * the record stays the same object.
 */
export function withNextVersion(before: LivePeer, changed: LivePeer): LivePeer {
  const isPlaced = before.mediaNodeId === changed.mediaNodeId;
  if (isPlaced && isDeepStrictEqual(before.record, changed.record))
    return { ...changed, record: before.record };
  return { ...changed, record: { ...changed.record, version: before.record.version + 1 } };
}

/** After a failed join the same token may be used again, because its client has no reply to resume with. */
export function isForGood(reason: LeaveReason | undefined): boolean {
  return reason !== undefined && reason !== 'failed';
}

/** As long as a client may try to come back: a laptop is closed in the evening and opened in the morning. */
const END_KEPT_MS = 16 * 3_600_000;

/** The ends after which a client must not come back by itself. */
const ENDS: ReadonlySet<LeaveReason> = new Set([
  'removed',
  'banned',
  'call-ended',
  'ended-by-operator',
  'moved',
  'over-limit',
]);

/** For how many milliseconds a store keeps the reason why a peer left. */
export function reasonTtlMs(reason: LeaveReason, usualMs: number): number {
  return ENDS.has(reason) ? Math.max(usualMs, END_KEPT_MS) : usualMs;
}

/** Whether somebody leads the call no more after this change of a peer; `after` is undefined if the peer leaves. */
export function stopsLeading(before: LivePeer, after: LivePeer | undefined): boolean {
  return leads(before.record.role) && (after === undefined || !leads(after.record.role));
}

/** The role that this change of a peer gives to its person; undefined if it gives none. */
export function givenRole(before: LivePeer, after: LivePeer): GivenRole | undefined {
  const { identity, record } = after;
  if (record.role === before.record.role || identity === UNKNOWN_IDENTITY) return undefined;
  return { identity, role: record.role };
}

/** What the others are notified of after a change of a peer. */
export function eventsOfChange(before: LivePeer, after: LivePeer): RoomEvent[] {
  const { peerId } = after.record;
  const events: RoomEvent[] = [];
  if (after.sessionId !== before.sessionId)
    events.push({ type: 'peer-claimed', peerId, sessionId: after.sessionId, claims: after.claims });
  if (after.record !== before.record) events.push({ type: 'peer-updated', ...placed(after) });
  return events;
}

export function placed({ record, mediaNodeId }: LivePeer): PlacedRecord {
  return { peer: record, mediaNodeId };
}

export function asHost(peer: LivePeer): LivePeer {
  return { ...peer, record: { ...peer.record, role: 'host', version: peer.record.version + 1 } };
}

/** Whether a change of a peer failed because the peer left or another session has it. */
export function isPeerGone(error: unknown): boolean {
  return error instanceof ParleyError && (error.code === 'closed' || error.code === 'peer_not_found');
}
