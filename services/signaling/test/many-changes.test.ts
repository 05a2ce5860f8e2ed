import { describe, expect, test } from '@jest/globals';
import { waitFor } from '@parley/common/testing';
import type { PeerRecord } from '@parley/proto/room';
import { microphone } from './support/rtp.ts';
import { useSignaling } from './support/running-signaling.ts';
import type { TestClient } from './support/test-client.ts';

const OTHERS = 24;

/** What a client knows of the others after its snapshot and everything that it received. */
function known(client: TestClient): PeerRecord[] {
  const peers = new Map(client.snapshot.peers.map((peer) => [peer.peerId, peer]));
  const put = (peer: PeerRecord) => {
    if (peer.version >= (peers.get(peer.peerId)?.version ?? 0)) peers.set(peer.peerId, peer);
  };
  for (const { name, payload } of client.received) {
    const { peer, peerId } = payload as { peer: PeerRecord; peerId: PeerRecord['peerId'] };
    if (name === 'peer:joined' || name === 'peer:updated') put(peer);
    if (name === 'peer:left') peers.delete(peerId);
    if (name !== 'peers:changed') continue;
    const { peers: changed, left } = payload as {
      peers: PeerRecord[];
      left: { peerId: PeerRecord['peerId'] }[];
    };
    for (const one of changed) put(one);
    for (const one of left) peers.delete(one.peerId);
  }
  peers.delete(client.peerId);
  return [...peers.values()].toSorted((a, b) => a.peerId.localeCompare(b.peerId));
}

const aboutPeers = (client: TestClient) =>
  client.received.filter(({ name }) => name.startsWith('peer:') || name === 'peers:changed');

describe('many changes at once', () => {
  const running = useSignaling(async () => undefined, {
    ROOM_PEERS_PER_ADDRESS: '100',
    JOINS_PER_ADDRESS: '1000',
  });
  const joinAll = () =>
    Promise.all(
      Array.from({ length: OTHERS }, (_, index) => running.signaling.join(running.code, `Guest ${index}`)),
    );

  test('come together to a client that takes them so, and one by one to another; both end with the same', async () => {
    const [ada, old] = [
      await (await running.signaling.connect(running.code, 'Ada')).join({ batches: true }),
      await running.signaling.join(running.code, 'Old'),
    ];
    const startedAt = performance.now();
    const others = await joinAll();
    await Promise.all(others.map((one) => one.request('producer:create', microphone())));
    await Promise.all(others.map((one) => one.request('peer:set-hand', { raised: true })));
    const [staying, leaving] = [others.slice(0, OTHERS / 2), others.slice(OTHERS / 2)];
    await Promise.all(leaving.map((one) => one.request('room:leave', {})));
    const late = await running.signaling.join(running.code, 'Late');
    const state = () =>
      late.snapshot.peers.filter(({ peerId }) => peerId !== ada.peerId && peerId !== old.peerId);
    const seenBy = (client: TestClient) =>
      known(client).filter(({ displayName }) => displayName.startsWith('Guest'));
    const expected = state().toSorted((a, b) => a.peerId.localeCompare(b.peerId));
    expect(expected).toHaveLength(staying.length);
    for (const client of [ada, old])
      await waitFor(() => JSON.stringify(seenBy(client)) === JSON.stringify(expected), {
        what: 'the client knows what the snapshot says',
      });
    const seconds = (performance.now() - startedAt) / 1_000;
    expect(ada.notifications('peers:changed').length).toBeGreaterThan(0);
    expect(aboutPeers(ada).length).toBeLessThanOrEqual(5 + 5 * seconds + 1);
    expect(old.notifications('peers:changed')).toEqual([]);
  });

  test('do not delay what concerns the person: a mute by a host, and the own record of it', async () => {
    const host = await running.signaling.joinAs('host', running.code);
    const others = await joinAll();
    await Promise.all(
      others.map((one) => one.request('producer:create', { ...microphone(), paused: false })),
    );
    await host.request('room:mute-all', {});
    for (const one of others) {
      await one.notified('act:done', ({ act }) => act.kind === 'muted');
      await one.notified(
        'peer:updated',
        ({ peer }) => peer.peerId === one.peerId && peer.producers[0]?.paused === true,
      );
    }
  });
});
