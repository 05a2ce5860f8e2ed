import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { peerIdSchema, roomCodeSchema, type RoomCode, type TraceId } from '@parley/proto/ids';
import {
  browserIdentity,
  DEFAULT_ROOM_SETTINGS,
  UNKNOWN_IDENTITY,
  type RoomRecord,
} from '@parley/proto/room';
import { waitFor } from '@parley/common/testing';
import type {
  EventsMissed,
  LivePeer,
  LiveRoom,
  LiveRoomStore,
  PeerAddition,
  RoomAccess,
  RoomEvent,
  SessionId,
} from '../../src/store/live-room-store.ts';

type StoreEvent = RoomEvent | EventsMissed;

export type StoreUnderTest = {
  store: LiveRoomStore;
  /** Another view of the same rooms: a second instance of a shared store, the same object of a local one. */
  other: LiveRoomStore;
  close: () => void | Promise<void>;
};

export const ROOM = roomCodeSchema.parse('abcd-efgh-jkm');
export const OTHER_ROOM = roomCodeSchema.parse('zzzz-zzzz-zzz');

export const peerId = (name: string) => peerIdSchema.parse(name);
export const session = (name: string) => name as SessionId;

export function livePeer(name: string, over: Partial<LivePeer> = {}): LivePeer {
  return {
    record: {
      peerId: peerId(name),
      version: 1,
      displayName: name,
      role: 'participant',
      joinedAt: 1,
      connection: 'connected',
      handRaisedAt: null,
      producers: [],
    },
    sessionId: session(`${name}-1`),
    instanceId: 'here',
    resumeSecretHashes: [`${name}-secret`],
    retiredSecretHashes: [],
    network: 'network',
    claims: 1,
    movedAt: null,
    identity: UNKNOWN_IDENTITY,
    addressHash: '',
    traceId: '0'.repeat(32) as TraceId,
    attendanceId: crypto.randomUUID(),
    mediaNodeId: 'node',
    expiresAt: null,
    ...over,
  };
}

export function roomRecord(code: RoomCode = ROOM, over: Partial<RoomRecord> = {}): RoomRecord {
  return { code, version: 1, title: '', createdAt: 1, settings: DEFAULT_ROOM_SETTINGS, ...over };
}

export const ACCESS: RoomAccess = { owner: browserIdentity('b'.repeat(22)), passcodeHash: null, bans: [] };

export function addition(name: string, over: Partial<PeerAddition> = {}): PeerAddition {
  const code = over.room?.code ?? ROOM;
  const room = roomRecord(code, { title: 'Room' });
  const limits = { peerLimit: 3, networkPeerLimit: 3, networkRoomLimit: 3 };
  return { room, access: ACCESS, peer: livePeer(name), placedAsFirst: true, ...limits, ...over };
}

/** The contract of LiveRoomStore. The store in Redis and the one in memory both run it. */
export function describeLiveRoomStore(name: string, create: () => Promise<StoreUnderTest>): void {
  describe(name, () => {
    let under: StoreUnderTest;
    let store: LiveRoomStore;
    let events: StoreEvent[];

    const listen = async (code: RoomCode = ROOM, at: LiveRoomStore = under.other) => {
      const received: StoreEvent[] = [];
      await at.subscribe(code, (event) => received.push(event));
      return received;
    };
    const countPeers = async () => (await store.find(ROOM))?.peers.length ?? 0;
    const published = (type: StoreEvent['type']) =>
      waitFor(() => events.find((event) => event.type === type), { what: `${type} is published` });

    beforeEach(async () => {
      under = await create();
      store = under.store;
      events = await listen();
    });
    afterEach(() => under.close());

    describe('rooms', () => {
      test('exist from their first peer to their last', async () => {
        expect(await store.find(ROOM)).toBeUndefined();
        expect(await countPeers()).toBe(0);
        const room = await store.addPeer(addition('ada'));
        expect(room).toMatchObject({ record: { code: ROOM, title: 'Room' }, nodes: new Map([['node', 1]]) });
        const { peers, ...rest } = (await under.other.find(ROOM)) as LiveRoom;
        expect(room).toEqual({ ...rest, own: peers, peerCount: 1, networkPeerCount: 1 });
        await store.removePeer({ code: ROOM, peerId: peerId('ada'), sessionId: session('ada-1') }, 'left');
        expect(await under.other.find(ROOM)).toBeUndefined();
        expect(await store.size()).toEqual({ rooms: 0, peers: 0 });
      });

      test('keep their peers in the order of joining', async () => {
        for (const who of ['zoe', 'ada', 'mia']) await store.addPeer(addition(who));
        const room = await under.other.find(ROOM);
        expect(room?.peers.map((peer) => peer.record.displayName)).toEqual(['zoe', 'ada', 'mia']);
        expect(await countPeers()).toBe(3);
      });

      test('keep how far each peer found the regions, for a placement by any instance', async () => {
        const regionTimes = [{ region: 'eu-west', rttMs: 12 }];
        await store.addPeer(addition('ada', { peer: { ...livePeer('ada'), regionTimes } }));
        await store.addPeer(addition('bob'));
        const times = async (who: string) => (await under.other.findPeer(ROOM, peerId(who)))?.regionTimes;
        expect([await times('ada'), await times('bob')]).toEqual([regionTimes, undefined]);
        await store.changePeer(ROOM, peerId('ada'), 'none', (peer) => ({ ...peer, claims: 2 }));
        expect(await times('ada')).toEqual(regionTimes);
      });

      test('keep the microphone that a peer has lost with its media', async () => {
        await store.addPeer(addition('ada'));
        const lost = async () => (await under.other.findPeer(ROOM, peerId('ada')))?.lostMicrophone;
        expect(await lost()).toBeUndefined();
        for (const lostMicrophone of ['open', 'muted', undefined] as const) {
          await store.changePeer(ROOM, peerId('ada'), 'none', (peer) => ({ ...peer, lostMicrophone }));
          expect(await lost()).toBe(lostMicrophone);
        }
      });

      test('know when their call began, also after those who began it have left', async () => {
        const joined = (who: string, joinedAt: number) => {
          const peer = livePeer(who);
          return addition(who, { peer: { ...peer, record: { ...peer.record, joinedAt } } });
        };
        const leave = (who: string) =>
          store.removePeer({ code: ROOM, peerId: peerId(who), sessionId: session(`${who}-1`) }, 'left');
        expect(await store.addPeer(joined('ada', 1_000))).toMatchObject({ since: 1_000 });
        expect(await store.addPeer(joined('bob', 2_000))).toMatchObject({ since: 1_000 });
        await leave('ada');
        expect(await under.other.find(ROOM)).toMatchObject({ since: 1_000 });
        await leave('bob');
        expect(await store.addPeer(joined('mia', 3_000))).toMatchObject({ since: 3_000 });
        // A peer that is put back into a store that lost its data was there before.
        const { peer: zoe, room } = joined('zoe', 500);
        expect(await store.restorePeer({ room, peer: zoe })).toBe('restored');
        expect(await under.other.find(ROOM)).toMatchObject({ since: 500 });
        expect(await under.other.look(ROOM, { identity: null })).toMatchObject({ since: 500 });
      });

      test('do not see each other', async () => {
        const others = await listen(OTHER_ROOM);
        await store.addPeer(addition('ada'));
        await store.addPeer(addition('bob', { room: roomRecord(OTHER_ROOM) }));
        await published('peer-joined');
        await waitFor(() => others.length > 0);
        expect(others.map((event) => event.type === 'peer-joined' && event.peer.displayName)).toEqual([
          'bob',
        ]);
        expect(await store.findPeer(OTHER_ROOM, peerId('ada'))).toBeUndefined();
      });
    });

    describe('adding a peer', () => {
      test('is published after it is stored', async () => {
        let seen: Promise<unknown> | undefined;
        await under.other.subscribe(ROOM, (event) => {
          if (event.type === 'peer-joined') seen = under.other.findPeer(ROOM, event.peer.peerId);
        });
        await store.addPeer(addition('ada'));
        expect(await published('peer-joined')).toMatchObject({
          peer: { peerId: 'ada', version: 1 },
          mediaNodeId: 'node',
        });
        expect(await (await waitFor(() => seen && [seen]))[0]).toMatchObject({ record: { peerId: 'ada' } });
      });

      test('is refused for a peer that is in, and for one too many', async () => {
        await store.addPeer(addition('ada'));
        await expect(under.other.addPeer(addition('ada'))).rejects.toMatchObject({ code: 'already_joined' });
        await store.addPeer(addition('bob'));
        await store.addPeer(addition('mia'));
        await expect(under.other.addPeer(addition('zoe'))).rejects.toMatchObject({ code: 'room_full' });
        expect(await countPeers()).toBe(3);
      });

      test('never lets more in than the limit, however many come at once', async () => {
        const names = Array.from({ length: 20 }, (_, index) => `peer${index}`);
        const attempts = names.map((who, index) => (index % 2 ? store : under.other).addPeer(addition(who)));
        const outcomes = await Promise.allSettled(attempts);
        expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(3);
        expect(await countPeers()).toBe(3);
      });
    });

    describe('changing a peer', () => {
      beforeEach(() => store.addPeer(addition('ada')));
      const guard = { sessionId: session('ada-1') };
      const raise = (peer: LivePeer): LivePeer => ({ ...peer, record: { ...peer.record, handRaisedAt: 7 } });

      test('gives a changed record the next version and publishes it whole', async () => {
        const { before, after: changed } = await store.changePeer(ROOM, peerId('ada'), guard, raise);
        expect(before.record).toMatchObject({ version: 1, handRaisedAt: null });
        expect(changed.record).toMatchObject({ version: 2, handRaisedAt: 7, displayName: 'ada' });
        expect(await published('peer-updated')).toEqual({
          type: 'peer-updated',
          peer: changed.record,
          mediaNodeId: 'node',
        });
        expect(await under.other.findPeer(ROOM, peerId('ada'))).toEqual(changed);
      });

      test('neither counts nor publishes a change that leaves the record as it was', async () => {
        await store.changePeer(ROOM, peerId('ada'), guard, (peer) => ({ ...peer, expiresAt: 5 }));
        const { after: same } = await store.changePeer(ROOM, peerId('ada'), guard, (peer) => ({
          ...peer,
          record: { ...peer.record, producers: [] },
        }));
        expect(same).toMatchObject({ expiresAt: 5, record: { version: 1 } });
        await store.changePeer(ROOM, peerId('ada'), guard, raise);
        await published('peer-updated');
        expect(events.filter((event) => event.type === 'peer-updated')).toHaveLength(1);
      });

      test('loses no change of those made at once', async () => {
        const count = (peer: LivePeer): LivePeer => ({
          ...peer,
          record: { ...peer.record, handRaisedAt: (peer.record.handRaisedAt ?? 0) + 1 },
        });
        const changes = Array.from({ length: 20 }, (_, index) =>
          (index % 2 ? store : under.other).changePeer(ROOM, peerId('ada'), guard, count),
        );
        await Promise.all(changes);
        const peer = await store.findPeer(ROOM, peerId('ada'));
        expect(peer?.record).toMatchObject({ handRaisedAt: 20, version: 21 });
      });

      test('is refused to a session that does not have it, and to a secret that is not its', async () => {
        const change = (given: Parameters<LiveRoomStore['changePeer']>[2]) =>
          store.changePeer(ROOM, peerId('ada'), given, raise);
        await expect(change({ sessionId: session('other') })).rejects.toMatchObject({ code: 'closed' });
        await expect(change({ resumeSecretHash: 'wrong' })).rejects.toMatchObject({
          code: 'resume_rejected',
        });
        await expect(change({ resumeSecretHash: 'ada-secret' })).resolves.toMatchObject({
          after: { record: { version: 2 } },
        });
        await expect(store.changePeer(ROOM, peerId('bob'), 'none', raise)).rejects.toMatchObject({
          code: 'peer_not_found',
        });
      });

      test('leaves it as it was when the change throws', async () => {
        const failing = () => {
          throw new Error('no');
        };
        await expect(store.changePeer(ROOM, peerId('ada'), 'none', failing)).rejects.toThrow('no');
        expect(await store.findPeer(ROOM, peerId('ada'))).toMatchObject({ record: { version: 1 } });
      });

      test('publishes that another session has it', async () => {
        const claim = (peer: LivePeer): LivePeer => ({ ...peer, sessionId: session('ada-2'), claims: 2 });
        await store.changePeer(ROOM, peerId('ada'), 'none', claim);
        expect(await published('peer-claimed')).toEqual({
          type: 'peer-claimed',
          peerId: 'ada',
          sessionId: 'ada-2',
          claims: 2,
        });
        await expect(store.changePeer(ROOM, peerId('ada'), guard, raise)).rejects.toMatchObject({
          code: 'closed',
        });
      });
    });

    describe('removing a peer', () => {
      const ref = { code: ROOM, peerId: peerId('ada'), sessionId: session('ada-1') };
      beforeEach(() => store.addPeer(addition('ada')));

      test('succeeds for exactly one of several callers', async () => {
        const asked = Array.from({ length: 6 }, (_, index) =>
          (index % 2 ? store : under.other).removePeer(ref, 'left'),
        );
        const given = (await Promise.all(asked)).filter((peer) => peer !== undefined);
        expect(given).toMatchObject([{ record: { peerId: 'ada' } }]);
        expect(await published('peer-left')).toEqual({ type: 'peer-left', peerId: 'ada', reason: 'left' });
        expect(events.filter((event) => event.type === 'peer-left')).toHaveLength(1);
      });

      test('does nothing for a session that has lost it', async () => {
        expect(await store.removePeer({ ...ref, sessionId: session('ada-0') }, 'timed-out')).toBeUndefined();
        expect(await countPeers()).toBe(1);
      });

      test('with the reason timed-out does nothing if the peer resumed since its expiry was read', async () => {
        const expire = (expiresAt: number | null) =>
          under.other.changePeer(ROOM, peerId('ada'), 'none', (peer) => ({ ...peer, expiresAt }));
        await expire(5);
        expect(await store.listExpired(10)).toEqual([ref]);
        for (const later of [null, Date.now() + 60_000]) {
          await expire(later);
          expect(await store.removePeer(ref, 'timed-out')).toBeUndefined();
        }
        expect(await countPeers()).toBe(1);
        await expire(5);
        expect(await store.removePeer(ref, 'timed-out')).toMatchObject({ record: { peerId: 'ada' } });
      });
    });

    describe('a peer that left', () => {
      const ref = (name: string) => ({ code: ROOM, peerId: peerId(name), sessionId: session(`${name}-1`) });

      test('does not come back, and the reason is kept; after a failed join the peer may try again', async () => {
        await store.addPeer(addition('ada'));
        await store.addPeer(addition('bob'));
        expect(await store.leaveReasonOf(ROOM, peerId('ada'))).toBeUndefined();
        await store.removePeer(ref('ada'), 'left');
        await store.removePeer(ref('bob'), 'failed');
        expect(await under.other.leaveReasonOf(ROOM, peerId('ada'))).toBe('left');
        await expect(under.other.addPeer(addition('ada'))).rejects.toMatchObject({ code: 'token_used' });
        await under.other.addPeer(addition('bob'));
        expect(await countPeers()).toBe(1);
      });

      test('is not put back', async () => {
        await store.addPeer(addition('ada', { peer: livePeer('ada', { expiresAt: 5 }) }));
        await store.removePeer(ref('ada'), 'timed-out');
        expect(await under.other.restorePeer(addition('ada'))).toBe('left');
        expect(await countPeers()).toBe(0);
      });
    });

    describe('putting a peer back', () => {
      test('brings the room back as it was, and publishes the record', async () => {
        const peer = livePeer('ada');
        const known = { ...peer, record: { ...peer.record, version: 7, handRaisedAt: 3 } };
        expect(await store.restorePeer(addition('ada', { peer: known }))).toBe('restored');
        expect(await published('peer-updated')).toMatchObject({ type: 'peer-updated', peer: known.record });
        expect(await under.other.find(ROOM)).toMatchObject({ peers: [known] });
      });

      test('happens once for many callers, and not if another session has the peer', async () => {
        const asked = Array.from({ length: 6 }, (_, index) =>
          (index % 2 ? store : under.other).restorePeer(addition('ada')),
        );
        const outcomes = await Promise.all(asked);
        expect(outcomes.filter((outcome) => outcome === 'restored')).toHaveLength(1);
        expect(outcomes.filter((outcome) => outcome === 'held')).toHaveLength(5);
        const old = livePeer('ada', { sessionId: session('ada-0') });
        expect(await store.restorePeer(addition('ada', { peer: old }))).toBe('claimed');
      });
    });

    test('lists the rooms with people in them', async () => {
      expect(await store.listCodes()).toEqual([]);
      await store.addPeer(addition('ada'));
      await store.addPeer(addition('bob', { room: roomRecord(OTHER_ROOM) }));
      expect((await under.other.listCodes()).toSorted()).toEqual([ROOM, OTHER_ROOM].toSorted());
      await store.removePeer({ code: ROOM, peerId: peerId('ada'), sessionId: session('ada-1') }, 'left');
      expect(await under.other.listCodes()).toEqual([OTHER_ROOM]);
    });

    test('lists the peers with a socket', async () => {
      await store.addPeer(addition('ada'));
      await store.addPeer(addition('bob', { peer: livePeer('bob', { expiresAt: 300 }) }));
      expect(await store.listHeld()).toEqual([{ code: ROOM, peerId: 'ada', sessionId: 'ada-1' }]);
      expect(await store.listOrphaned()).toEqual([]);
      await store.assertReachable();
    });

    test('lists the peers whose grace is over, and no others', async () => {
      await store.addPeer(addition('ada', { peer: livePeer('ada', { expiresAt: 100 }) }));
      await store.addPeer(addition('bob', { peer: livePeer('bob', { expiresAt: 300 }) }));
      await store.addPeer(addition('mia'));
      expect(await under.other.listExpired(200)).toEqual([{ code: ROOM, peerId: 'ada', sessionId: 'ada-1' }]);
      await store.changePeer(ROOM, peerId('ada'), 'none', (peer) => ({ ...peer, expiresAt: null }));
      expect(await under.other.listExpired(200)).toEqual([]);
    });

    test('passes on what it does not keep, to this room only, until the listener has enough', async () => {
      const elsewhere = await listen(OTHER_ROOM);
      const brief: StoreEvent[] = [];
      const unsubscribe = await under.other.subscribe(ROOM, (event) => brief.push(event));
      const event: RoomEvent = { type: 'peer-reacted', peerId: peerId('ada'), reaction: 'clap' };
      await store.publish(ROOM, event);
      expect(await published('peer-reacted')).toEqual(event);
      await waitFor(() => brief.length === 1);
      unsubscribe();
      await store.publish(ROOM, event);
      await waitFor(() => events.length === 2);
      expect(brief).toHaveLength(1);
      expect(elsewhere).toEqual([]);
    });

    test('refuses everything after it is closed', async () => {
      await store.addPeer(addition('ada'));
      store.close();
      store.close();
      await expect(store.find(ROOM)).rejects.toMatchObject({ code: 'unavailable' });
      await expect(store.addPeer(addition('bob'))).rejects.toMatchObject({ code: 'unavailable' });
      await expect(store.subscribe(ROOM, () => undefined)).rejects.toMatchObject({ code: 'unavailable' });
    });
  });
}
