import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { waitFor } from '@parley/common/testing';
import { PROTOCOL_VERSION, type RequestResult } from '@parley/proto/requests';
import { FakeMediaNode } from './support/fake-media-node.ts';
import { camera, dtlsParameters, microphone, RTP_CAPABILITIES } from './support/rtp.ts';
import { useSignaling } from './support/running-signaling.ts';
import type { TestClient } from './support/test-client.ts';
import { MEDIA_GRPC_SECRET } from './support/test-signaling.ts';

const WISH = { protocol: PROTOCOL_VERSION, rtpCapabilities: RTP_CAPABILITIES } as const;
type Media = NonNullable<RequestResult<'lobby:open'>['media']>;

describe('a person in the lobby', () => {
  let ada: TestClient;
  const on = useSignaling(
    async ({ signaling, code }) => {
      ada = await signaling.join(code, 'Ada');
    },
    { ROOM_PEERS_PER_ADDRESS: '3' },
  );
  const nodeHas = (peers: number) =>
    waitFor(async () => (await on.backend.media.counts()).peers === peers, { what: `${peers} peers` });
  const arrive = (name = 'Late') => on.signaling.connect(on.code, name);
  const send = () => ada.request('producer:create', camera());
  const open = async (client: TestClient): Promise<Media> => {
    const { media } = await client.request('lobby:open', WISH);
    if (media === null) throw new Error('no media was opened');
    return media;
  };

  test('has media that is connected before the join, and joins with it', async () => {
    const { producerId } = await send();
    const late = await arrive();
    const { transports } = await open(late);
    const { transportId, iceParameters } = transports.receive;
    await late.request('lobby:connect', { transportId, dtlsParameters: dtlsParameters() });
    expect((await open(late)).transports.receive).toMatchObject({ transportId, iceParameters });
    const reply = await late.request('room:join', { ...WISH, firstPictures: 9 });
    expect(reply.transports.receive).toMatchObject({ transportId, iceParameters });
    // A key frame that came before the picture is set up would be lost.
    expect(reply.first).toMatchObject([{ producerId, consumer: { paused: true } }]);
    await nodeHas(2);
  });

  test('is noticed by nobody, and counts as nobody', async () => {
    await send();
    const late = await arrive();
    await open(late);
    await nodeHas(2);
    await ada.settled();
    expect(ada.notifications('peer:joined')).toEqual([]);
    const { room } = await on.signaling.rooms.call('getRoom', { code: on.code });
    expect(room?.peerCount).toBe(1);
  });

  test('has no media while nobody sends', async () => {
    const late = await arrive();
    expect(await late.request('lobby:open', WISH)).toEqual({ media: null });
    await nodeHas(1);
    expect(
      await late.refusal('lobby:connect', {
        transportId: ada.transports.send.transportId,
        dtlsParameters: dtlsParameters(),
      }),
    ).toBe('transport_not_found');
  });

  test('leaves nothing behind when the socket ends', async () => {
    await send();
    const before = await on.backend.media.counts();
    const late = await arrive();
    await open(late);
    late.cut();
    await nodeHas(1);
    expect(await on.backend.media.counts()).toEqual(before);
  });

  test('cannot connect the transport of somebody else', async () => {
    await send();
    const late = await arrive();
    await open(late);
    const { transportId } = ada.transports.receive;
    const input = { transportId, dtlsParameters: dtlsParameters() };
    expect(await late.refusal('lobby:connect', input)).toBe('transport_not_found');
  });

  test('reads there that the room is locked, and that a host has to admit them', async () => {
    await send();
    const [late, waiting] = [
      await arrive(),
      await on.signaling.connectWith({ token: await on.signaling.waitingToken(on.code, 'Wanda') }),
    ];
    expect(await waiting.refusal('lobby:open', WISH)).toBe('not_admitted');
    const host = await on.signaling.joinAs('host', on.code, 'Hana');
    await host.request('room:change-settings', { settings: { locked: true } });
    expect(await late.refusal('lobby:open', WISH)).toBe('room_locked');
    expect(await late.refusal('room:join', WISH)).toBe('room_locked');
  });

  test('is one of a few of the same address in one room, also of those who are in it', async () => {
    await send();
    const first = await arrive();
    await open(first);
    await open(await arrive());
    const another = await arrive();
    expect(await another.refusal('lobby:open', WISH)).toBe('at_capacity');
    first.cut();
    await nodeHas(2);
    await open(another);
    // The join decides by who is in the room.
    const last = await arrive();
    expect(await last.refusal('lobby:open', WISH)).toBe('at_capacity');
    await last.join();
    await (await arrive()).join();
    expect(await (await arrive()).refusal('lobby:open', WISH)).toBe('address_limited');
  });

  test('keeps the media of a peer that has joined with the same token over another socket', async () => {
    const { producerId } = await send();
    const token = await on.signaling.token(on.code, 'Late');
    const [first, second] = [
      await on.signaling.connectWith({ token }),
      await on.signaling.connectWith({ token }),
    ];
    await open(first);
    await second.join();
    expect(await first.request('lobby:open', WISH)).toEqual({ media: null });
    first.cut();
    await waitFor(() => !first.socket.connected);
    await second.request('room:ping', {});
    const { results } = await second.request('consumer:create', { producers: [{ producerId }] });
    expect(results).toMatchObject([{ status: 'created' }]);
  });

  test('is one peer if the join is repeated over another socket, because the answer to the first was lost', async () => {
    await send();
    const token = await on.signaling.token(on.code, 'Late');
    const first = await on.signaling.connectWith({ token });
    await open(first);
    await first.join();
    const second = await on.signaling.connectWith({ token });
    const { snapshot } = await second.request('room:join', WISH);
    expect(snapshot.self.displayName).toBe('Late');
    const { room } = await on.signaling.rooms.call('getRoom', { code: on.code });
    expect(room?.peerCount).toBe(2);
    await nodeHas(2);
  });

  test('is answered when it asks whether the socket carries anything', async () => {
    const late = await arrive();
    expect(await late.refusal('room:ping', {})).toBe('not_joined');
    await late.join();
  });
});

describe('an address that opens media in lobbies without end', () => {
  let ada: TestClient;
  const on = useSignaling(
    async ({ signaling, code }) => {
      ada = await signaling.join(code, 'Ada');
    },
    { JOINS_PER_ADDRESS: '2' },
  );

  test('is refused after as many as it may join at once, and joins all the same', async () => {
    await ada.request('producer:create', microphone());
    for (let opened = 0; opened < 2; opened += 1) {
      const client = await on.signaling.connect(on.code, 'Late');
      expect(await client.request('lobby:open', WISH)).not.toEqual({ media: null });
      client.cut();
    }
    const last = await on.signaling.connect(on.code, 'Last');
    expect(await last.refusal('lobby:open', WISH)).toBe('rate_limited');
    await last.join();
  });
});

describe('a person in the lobby of a room that moves to another node', () => {
  let nodes: Awaited<ReturnType<typeof FakeMediaNode.startTwo>>;
  beforeEach(async () => {
    nodes = await FakeMediaNode.startTwo(MEDIA_GRPC_SECRET);
  });
  const on = useSignaling(
    async () => {},
    () => nodes.env,
  );
  afterEach(() => Promise.all([nodes.home.stop(), nodes.away.stop()]));

  test('joins on the new node, and the former one is free of them', async () => {
    const ada = await on.signaling.join(on.code, 'Ada');
    await ada.request('producer:create', microphone());
    const late = await on.signaling.connect(on.code, 'Late');
    await late.request('lobby:open', WISH);
    expect(nodes.home.peers.size).toBe(2);
    nodes.home.draining = true;
    await ada.notified('media:reset');
    await late.join();
    await waitFor(() => nodes.away.peers.has(late.peerId) && !nodes.home.peers.has(late.peerId), {
      what: 'the release on the former node',
    });
  });
});
