import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { RoomCode } from '@parley/proto/ids';
import { PROTOCOL_VERSION } from '@parley/proto/requests';
import { waitFor } from '@parley/common/testing';
import { RTP_CAPABILITIES } from './support/rtp.ts';
import { TestBackend, type TestSignaling } from './support/test-signaling.ts';

describe('who is in a room', () => {
  let backend: TestBackend;
  let signaling: TestSignaling;
  let code: RoomCode;

  beforeAll(async () => {
    backend = await TestBackend.start();
  }, 180_000);
  afterAll(() => backend.stop());
  beforeEach(async () => {
    signaling = await backend.signaling({ PEER_LIMIT: '3' });
    code = await signaling.createRoom();
  });
  afterEach(async () => {
    const { malformed } = signaling;
    await signaling.stop();
    expect(malformed).toEqual([]);
  });

  test('is reported to everybody else in the room when a peer comes or goes', async () => {
    const ada = await signaling.join(code, 'Ada');
    const bob = await signaling.join(code, 'Bob');
    expect(await ada.notified('peer:joined')).toEqual({ peer: bob.snapshot.self });
    expect(bob.snapshot.peers).toEqual([ada.snapshot.self]);
    await bob.request('room:leave', {});
    expect(await ada.notified('peer:left')).toEqual({ peerId: bob.peerId, reason: 'left' });
    await waitFor(() => !bob.socket.connected);
    expect(bob.received).toEqual([]);
  });

  test('is reported to no peer of another room', async () => {
    const other = await signaling.join(await signaling.createRoom(), 'Other');
    const ada = await signaling.join(code, 'Ada');
    await ada.request('peer:set-hand', { raised: true });
    await ada.request('peer:react', { reaction: 'heart' });
    await ada.request('chat:send', { clientMessageId: crypto.randomUUID(), toPeerId: null, text: 'hello' });
    await ada.request('room:leave', {});
    await other.settled();
    expect(other.received.filter(({ name }) => name !== 'speakers:changed')).toEqual([]);
  });

  test('raise, lower and keep their hands, rename themselves and react', async () => {
    const [ada, bob] = [await signaling.join(code, 'Ada'), await signaling.join(code, 'Bob')];
    await ada.request('peer:set-hand', { raised: true });
    const { peer } = await bob.notified(
      'peer:updated',
      ({ peer: { handRaisedAt } }) => handRaisedAt !== null,
    );
    await ada.request('peer:set-hand', { raised: true });
    await ada.request('peer:set-profile', { displayName: ' Ada  L. ' });
    await bob.notified('peer:updated', ({ peer: { displayName } }) => displayName === 'Ada L.');
    await ada.request('peer:set-hand', { raised: false });
    await bob.notified('peer:updated', ({ peer: { version } }) => version === 4);
    const seen = bob.notifications('peer:updated').map((event) => event.peer);
    expect(seen.map(({ renamedAt }) => typeof renamedAt)).toEqual(['undefined', 'number', 'number']);
    expect(seen.map(({ version, handRaisedAt }) => [version, handRaisedAt])).toEqual([
      [2, peer.handRaisedAt],
      [3, peer.handRaisedAt],
      [4, null],
    ]);
    await ada.request('peer:react', { reaction: 'celebrate' });
    expect(await bob.notified('peer:reacted')).toEqual({ peerId: ada.peerId, reaction: 'celebrate' });
    await ada.settled();
    expect(ada.notifications('peer:reacted')).toEqual([]);
  });

  test('take a name anew only when it is another one, so that nobody is marked for a repeated request', async () => {
    const ada = await signaling.join(code, 'Ada');
    const bob = await signaling.join(code, 'Bob');
    await ada.request('peer:set-profile', { displayName: 'Ada' });
    await ada.request('peer:set-profile', { displayName: 'Bob' });
    const { peer } = await bob.notified('peer:updated');
    expect(peer).toMatchObject({ displayName: 'Bob', version: 2 });
    expect(peer.renamedAt).toBeGreaterThanOrEqual(bob.snapshot.self.joinedAt);
    await ada.request('peer:set-profile', { displayName: 'Bob' });
    await ada.request('peer:set-hand', { raised: true });
    const later = await bob.notified('peer:updated', (event) => event.peer.handRaisedAt !== null);
    expect(later.peer).toMatchObject({ version: 3, renamedAt: peer.renamedAt });
  });

  test('may leave and hang up in one breath, as a page does that is closed', async () => {
    const [ada, bob] = [await signaling.join(code, 'Ada'), await signaling.join(code, 'Bob')];
    bob.socket.emit('room:leave', {}, () => undefined);
    bob.close();
    expect(await ada.notified('peer:left')).toEqual({ peerId: bob.peerId, reason: 'left' });
    expect(ada.notifications('peer:updated')).toEqual([]);
  });

  test('is at most as many as the room takes, however many come at once', async () => {
    const clients = await Promise.all(
      Array.from({ length: 6 }, (_, index) => signaling.connect(code, `P${index}`)),
    );
    const join = { protocol: PROTOCOL_VERSION, rtpCapabilities: RTP_CAPABILITIES };
    const replies = await Promise.all(clients.map((client) => client.attempt('room:join', join)));
    const codes = replies.map((reply) => (reply.ok ? 'ok' : reply.error.code)).toSorted();
    expect(codes).toEqual(['ok', 'ok', 'ok', 'room_full', 'room_full', 'room_full']);
    await expect(signaling.token(code)).rejects.toMatchObject({ code: 'room_full' });
    expect((await signaling.rooms.call('getRoom', { code })).room).toMatchObject({
      peerCount: 3,
      peerLimit: 3,
    });
    await waitFor(async () => (await backend.media.counts()).peers === 3);
    const inside = clients.find((_, index) => replies[index]?.ok === true);
    await inside?.request('room:leave', {});
    await signaling.join(code, 'Next');
  });

  test('is the same for all after many came, went and changed at once', async () => {
    const names = ['Ada', 'Bob', 'Mia'];
    const clients = await Promise.all(names.map((name) => signaling.join(code, name)));
    await Promise.all(
      clients.flatMap((client) => [
        client.request('peer:set-hand', { raised: true }),
        client.request('peer:set-profile', { displayName: `${client.snapshot.self.displayName} 2` }),
      ]),
    );
    const finalAt = (client: (typeof clients)[number]) => {
      const known = new Map(
        [client.snapshot.self, ...client.snapshot.peers].map((peer) => [peer.peerId, peer]),
      );
      for (const { peer } of [
        ...client.notifications('peer:joined'),
        ...client.notifications('peer:updated'),
      ]) {
        const before = known.get(peer.peerId);
        if (before === undefined || before.version < peer.version) known.set(peer.peerId, peer);
      }
      return [...known.values()].toSorted((a, b) => (a.peerId < b.peerId ? -1 : 1));
    };
    const [first] = clients;
    await waitFor(() => first !== undefined && finalAt(first).every(({ version }) => version === 3));
    for (const client of clients) {
      await client.settled();
      expect(first && finalAt(client)).toEqual(first && finalAt(first));
    }
  });
});
