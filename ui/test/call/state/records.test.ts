import { describe, expect, test } from '@jest/globals';
import type { PeerRecord } from '@parley/proto/room';
import { NotificationGate } from '../../../src/call/signaling/notification-gate.ts';
import { applyNotification, applySnapshot, NO_RECORDS } from '../../../src/call/state/records.ts';
import type { NotificationEvent } from '../../../src/call/signaling/signaling-connection.ts';
import { peer, peerId, room, snapshot } from '../../support/records.ts';

const joined = applySnapshot(NO_RECORDS, snapshot(peer('me'), [peer('ann', { version: 3 })]));
const updated = (id: string, version: number, displayName: string): NotificationEvent => ({
  name: 'peer:updated',
  payload: { peer: peer(id, { version, displayName }) },
});
const left = (id: string): NotificationEvent => ({
  name: 'peer:left',
  payload: { peerId: peerId(id), reason: 'left' },
});

describe('records', () => {
  test('hold everybody of the snapshot, oneself included', () => {
    expect(Array.from(joined.peers.keys())).toEqual(['me', 'ann']);
    expect(joined.selfId).toBe('me');
  });

  test.each([
    ['a newer one replaces', 4, 'New'],
    ['the same one again changes nothing', 3, 'ANN'],
    ['an older one changes nothing', 2, 'ANN'],
  ])('keep the higher version: %s', (_, version, expected) => {
    const after = applyNotification(joined, updated('ann', version, 'New'));
    expect(after.peers.get(peerId('ann'))?.displayName).toBe(expected);
    if (expected === 'ANN') expect(after).toBe(joined);
  });

  test('of several peers are changed, added and removed together, by the same rules', () => {
    const batch = (peers: PeerRecord[], gone: string[] = []): NotificationEvent => ({
      name: 'peers:changed',
      payload: { peers, left: gone.map((id) => ({ peerId: peerId(id), reason: 'left' })) },
    });
    const first = applyNotification(joined, batch([peer('ann', { version: 2 }), peer('bob'), peer('cat')]));
    expect(first.peers.get(peerId('ann'))?.version).toBe(3);
    const second = applyNotification(first, batch([peer('ann', { version: 4 })], ['bob', 'stranger']));
    expect([...second.peers.keys()]).toEqual(['me', 'ann', 'cat']);
    expect(second.peers.get(peerId('ann'))?.version).toBe(4);
    expect(applyNotification(second, batch([peer('bob', { version: 9 })], ['me'])).peers).toEqual(
      second.peers,
    );
  });

  test('have the number of all people, from the snapshot and from what is newer', () => {
    const counts = { all: 500, viewers: 480 };
    const crowd = applySnapshot(NO_RECORDS, snapshot(peer('me'), [peer('ann')], { counts }));
    expect(crowd.counts).toEqual(counts);
    const event: NotificationEvent = {
      name: 'peers:changed',
      payload: { peers: [], left: [], counts: { all: 501, viewers: 481 } },
    };
    const after = applyNotification(crowd, event);
    expect([after.counts, after.peers]).toEqual([{ all: 501, viewers: 481 }, crowd.peers]);
    expect(applyNotification(after, updated('ann', 2, 'Ann')).counts).toEqual(after.counts);
    expect(applySnapshot(after, snapshot(peer('me'), [])).counts).toBeNull();
  });

  test('update oneself by the same rule', () => {
    expect(applyNotification(joined, updated('me', 2, 'Other')).peers.get(peerId('me'))?.displayName).toBe(
      'Other',
    );
  });

  test('ignore a late record of a peer that left', () => {
    const after = applyNotification(applyNotification(joined, left('ann')), updated('ann', 9, 'Late'));
    expect(after.peers.has(peerId('ann'))).toBe(false);
  });

  test('bring back a peer that left when it joins again with the same token', () => {
    const gone = applyNotification(joined, left('ann'));
    const again = peer('ann', { version: 1, joinedAt: 2000 });
    const after = applyNotification(gone, { name: 'peer:joined', payload: { peer: again } });
    expect(after.peers.get(peerId('ann'))).toEqual(again);
  });

  test('lose nobody else when a leave arrives twice, and never oneself', () => {
    const once = applyNotification(joined, left('ann'));
    expect(applyNotification(once, left('ann'))).toBe(once);
    expect(applyNotification(joined, left('me'))).toBe(joined);
  });

  test('drop a peer that is missing from a later snapshot and keep a record that is newer than it', () => {
    const newer = applyNotification(joined, updated('ann', 8, 'Newer'));
    const after = applySnapshot(
      newer,
      snapshot(peer('me', { version: 2 }), [peer('ann', { version: 5 }), peer('bob')]),
    );
    expect(after.peers.get(peerId('ann'))?.displayName).toBe('Newer');
    expect(after.peers.has(peerId('bob'))).toBe(true);
    const alone = applySnapshot(after, snapshot(peer('me', { version: 2 }), []));
    expect(Array.from(alone.peers.keys())).toEqual(['me']);
  });

  test('take all of a snapshot after a join anew, because versions begin anew', () => {
    const again = applySnapshot(
      joined,
      snapshot(peer('me2'), [peer('ann', { version: 1, displayName: 'Again' })], {
        room: room({ version: 1, title: 'T' }),
      }),
    );
    expect(again.peers.get(peerId('ann'))?.displayName).toBe('Again');
    expect(again.peers.has(peerId('me'))).toBe(false);
    expect(again.room?.title).toBe('T');
  });

  test('keep the newer room', () => {
    const renamed = applyNotification(joined, {
      name: 'room:updated',
      payload: { room: room({ version: 2, title: 'Two' }) },
    });
    expect(renamed.room?.title).toBe('Two');
    expect(
      applyNotification(renamed, {
        name: 'room:updated',
        payload: { room: room({ version: 1, title: 'One' }) },
      }),
    ).toBe(renamed);
  });

  test('end the same in whatever order the notifications of one peer arrive', () => {
    const events = [updated('ann', 4, 'Four'), updated('ann', 5, 'Five'), updated('ann', 6, 'Six')];
    for (const order of permutations(events)) {
      expect(order.reduce(applyNotification, joined).peers.get(peerId('ann'))?.displayName).toBe('Six');
    }
  });

  test('remember a bounded number of peers who left', () => {
    let records = joined;
    for (let count = 0; count < 1_500; count += 1) {
      records = applyNotification(records, updated(`guest-${count}`, 1, 'Guest'));
      records = applyNotification(records, left(`guest-${count}`));
    }
    expect(records.gone.size).toBe(1_000);
    expect(records.gone.has(peerId('guest-1499'))).toBe(true);
  });
});

describe('the notification gate', () => {
  test('holds notifications before the snapshot and passes them on after it, in order', () => {
    const passed: string[] = [];
    const gate = new NotificationGate((event) => passed.push(event.name));
    gate.take(updated('ann', 1, 'A'));
    gate.take(left('ann'));
    expect(passed).toEqual([]);
    gate.open();
    expect(passed).toEqual(['peer:updated', 'peer:left']);
    gate.take(left('bob'));
    expect(passed).toHaveLength(3);
  });

  test('forgets notifications that waited for a snapshot that never came', () => {
    const passed: NotificationEvent[] = [];
    const gate = new NotificationGate((event) => passed.push(event));
    gate.take(left('ann'));
    gate.shut();
    gate.open();
    expect(passed).toEqual([]);
  });
});

function permutations<T>(items: T[]): T[][] {
  if (items.length <= 1) return [items];
  return items.flatMap((item, index) =>
    permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]),
  );
}
