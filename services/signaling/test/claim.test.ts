import { describe, expect, test } from '@jest/globals';
import { claimed } from '../src/room/claim.ts';
import { livePeer, session } from './support/live-room-store-contract.ts';

const NEXT = session('ada-2');
const NOW = 2_000;

describe('a peer that another session takes over', () => {
  const before = livePeer('ada', { claims: 3, movedAt: 1_000, network: 'home', attendanceId: 'first' });
  const claim = (change: Partial<typeof before> = {}, instanceId = 'here') =>
    claimed(before, { ...before, ...change }, { sessionId: NEXT, instanceId, now: NOW });

  test('keeps its attendance and the network that it joined from, whatever the arrival brings', () => {
    const after = claim({ attendanceId: 'second', network: 'elsewhere', addressHash: 'new' });
    expect(after).toMatchObject({ attendanceId: 'first', network: 'home', addressHash: 'new' });
  });

  test('is in the next session, and counts it', () => {
    expect(claim()).toMatchObject({ sessionId: NEXT, claims: 4 });
  });

  test.each([
    ['stays on its instance and keeps the time of its last move', 'here', 1_000],
    ['moves to another instance now', 'there', NOW],
  ])('%s', (_what, instanceId, movedAt) => {
    expect(claim({}, instanceId)).toMatchObject({ instanceId, movedAt });
  });

  test.each([
    ['with media is connected again', 'node', 'connected'],
    ['without media stays reconnecting', null, 'reconnecting'],
  ])('%s, and has no grace that ends', (_what, mediaNodeId, connection) => {
    const record = { ...before.record, connection: 'reconnecting' as const };
    const after = claim({ mediaNodeId, record, expiresAt: NOW + 1, pageClosed: true });
    expect(after).toMatchObject({ mediaNodeId, expiresAt: null, record: { connection } });
    expect(after.pageClosed).toBeUndefined();
  });
});
