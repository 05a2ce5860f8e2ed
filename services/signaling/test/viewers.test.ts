import { describe, expect, test } from '@jest/globals';
import { waitFor } from '@parley/common/testing';
import { PROTOCOL_VERSION, type RequestResult } from '@parley/proto/requests';
import type { PeerRecord, Role } from '@parley/proto/room';
import { camera, dtlsParameters, microphone, RTP_CAPABILITIES } from './support/rtp.ts';
import { useSignaling, withFakeNode } from './support/running-signaling.ts';
import type { TestClient } from './support/test-client.ts';

const WISH = { protocol: PROTOCOL_VERSION, rtpCapabilities: RTP_CAPABILITIES } as const;
const ASKS = { asksToSend: true } as const;

let host: TestClient;

const openSend = async (client: TestClient): Promise<string> =>
  (await client.request('transport:open-send', {})).transport.transportId;
const connect = (transportId: string) => ({ transportId, dtlsParameters: dtlsParameters() });
/** Resolves when the newest record that the host has of this client fits. */
const hostSees = ({ peerId }: TestClient, fits: (record: PeerRecord) => boolean) =>
  waitFor(
    () => {
      const records = host.notifications('peer:updated').map(({ peer }) => peer);
      const newest = records.filter((record) => record.peerId === peerId).at(-1);
      return newest !== undefined && fits(newest);
    },
    { what: 'the record of the viewer' },
  );
const sendsNothing = ({ producers }: PeerRecord): boolean => producers.length === 0;
const setRole = async (client: TestClient, role: Exclude<Role, 'owner'>): Promise<void> => {
  const { peerId } = client;
  await host.request('peer:set-role', { peerId, role });
  await hostSees(client, (record) => record.role === role);
};

describe('a viewer', () => {
  const on = useSignaling(async ({ signaling, code }) => {
    host = await signaling.joinAs('host', code, 'Hana');
  });
  const nodeHas = (transports: number) =>
    waitFor(async () => (await on.backend.media.counts()).transports === transports, {
      what: `${transports} transports`,
    });
  const arrive = (role: Role = 'viewer') => on.signaling.connectAs(role, on.code, 'Vera');

  test('has a transport to receive on, no other one, and is refused one', async () => {
    const { producerId } = await host.request('producer:create', camera());
    const vera = await (await arrive()).join(ASKS);
    expect(vera.offered.send).toBeUndefined();
    expect(await on.backend.media.counts()).toMatchObject({ peers: 2, transports: 3 });
    await vera.request('transport:connect', connect(vera.offered.receive.transportId));
    const { results } = await vera.request('consumer:create', { producers: [{ producerId }] });
    expect(results).toMatchObject([{ status: 'created' }]);
    expect(await vera.refusal('transport:open-send', {})).toBe('forbidden');
    expect(await vera.refusal('producer:create', microphone())).toBe('forbidden');
    await nodeHas(3);
  });

  test('has no other one in the lobby, nor after media is opened again', async () => {
    await host.request('producer:create', camera());
    const vera = await arrive();
    const { media } = await vera.request('lobby:open', { ...WISH, ...ASKS });
    expect(media?.transports.send).toBeUndefined();
    await nodeHas(3);
    await vera.join(ASKS);
    expect(vera.offered).toEqual(media?.transports);
    await vera.reopen();
    expect(vera.offered.send).toBeUndefined();
    expect(vera.offered).not.toEqual(media?.transports);
    await nodeHas(3);
  });

  test('gets it on becoming participant, is heard, and loses it with what was sent on becoming viewer again', async () => {
    const vera = await (await arrive()).join(ASKS);
    const { transportId: receiving } = vera.offered.receive;
    await vera.request('transport:connect', connect(receiving));
    await setRole(vera, 'participant');
    const transportId = await openSend(vera);
    expect(await openSend(vera)).toBe(transportId);
    await vera.request('transport:connect', connect(transportId));
    const { producerId } = await vera.request('producer:create', microphone());
    const consume = () => host.request('consumer:create', { producers: [{ producerId }] });
    expect((await consume()).results).toMatchObject([{ status: 'created' }]);
    await nodeHas(4);

    await setRole(vera, 'viewer');
    await nodeHas(3);
    await hostSees(vera, sendsNothing);
    expect((await consume()).results).toMatchObject([{ status: 'failed' }]);
    expect(await vera.refusal('transport:connect', connect(transportId))).toBe('transport_not_found');
    expect(await vera.refusal('transport:open-send', {})).toBe('forbidden');
    await vera.request('transport:restart-ice', { transportId: receiving });

    await setRole(vera, 'host');
    expect(await openSend(vera)).not.toBe(transportId);
    await vera.request('producer:create', microphone());
    await nodeHas(4);
  });

  test('gets both where media is opened again after the role has changed', async () => {
    const vera = await (await arrive()).join(ASKS);
    await setRole(vera, 'participant');
    await vera.reopen();
    expect(await openSend(vera)).toBe(vera.transports.send.transportId);
    await nodeHas(4);
  });

  test('with a client that does not ask has both as ever, and sends on the same transport once it may', async () => {
    const vera = await (await arrive()).join();
    const { transportId } = vera.transports.send;
    await nodeHas(4);
    expect(await vera.refusal('producer:create', microphone())).toBe('forbidden');
    await setRole(vera, 'participant');
    await vera.request('transport:connect', connect(transportId));
    await vera.request('producer:create', microphone());
    await setRole(vera, 'viewer');
    await hostSees(vera, sendsNothing);
    await setRole(vera, 'participant');
    await vera.request('producer:create', microphone());
    await nodeHas(4);
  });

  test('who became one while the socket was lost loses it with the next socket', async () => {
    const vera = await (await arrive('participant')).join(ASKS);
    await vera.request('producer:create', microphone());
    vera.cut();
    await hostSees(vera, ({ connection }) => connection === 'reconnecting');
    await setRole(vera, 'viewer');
    const back = await on.signaling.reconnect(vera);
    expect(await back.resume(ASKS)).toMatchObject({ mediaKept: true });
    await nodeHas(3);
    await back.reopen();
    expect(back.offered.send).toBeUndefined();
    await setRole(back, 'participant');
    await openSend(back);
  });
});

describe('a role that changes while a media node answers', () => {
  const on = withFakeNode(async ({ signaling, code }) => {
    host = await signaling.joinAs('host', code, 'Hana');
  });
  const join = async (role: Role) => (await on.signaling.connectAs(role, on.code, 'Vera')).join(ASKS);
  const keepsNone = ({ peerId }: TestClient) =>
    waitFor(() => !on.node.sending.has(peerId), { what: 'no transport to send on' });

  test('leaves a new viewer none where media is being opened again', async () => {
    const vera = await join('participant');
    expect(on.node.sending.has(vera.peerId)).toBe(true);
    on.node.meanwhile.set('openPeer', () => setRole(vera, 'viewer'));
    await vera.reopen();
    await keepsNone(vera);
  });

  test('leaves a new viewer none where it is being made', async () => {
    const vera = await join('viewer');
    await setRole(vera, 'participant');
    on.node.meanwhile.set('openSendTransport', async () => {
      await setRole(vera, 'viewer');
      await vera.notified('peer:updated', ({ peer }) => peer.role === 'viewer');
    });
    await openSend(vera);
    await keepsNone(vera);
    expect(await vera.refusal('transport:open-send', {})).toBe('forbidden');
  });

  test('closes it a second time if the node did not answer the first one', async () => {
    const vera = await join('participant');
    on.node.failNext('closeSendTransport');
    await setRole(vera, 'viewer');
    await waitFor(() => !on.node.meanwhile.has('closeSendTransport'), { what: 'the first request' });
    expect(on.node.sending.has(vera.peerId)).toBe(true);
    await host.request('room:change-settings', { settings: { whoMayChat: 'hosts' } });
    await keepsNone(vera);
  });

  test('ends what a new viewer sends although the node did not do so at first', async () => {
    const vera = await join('participant');
    const { producerId } = await vera.request('producer:create', microphone());
    on.node.failNext('closeProducer');
    await setRole(vera, 'viewer');
    await hostSees(vera, sendsNothing);
    expect(on.node.isPaused(vera.peerId, producerId)).toBeUndefined();
    await keepsNone(vera);
  });

  test('silences whom the rules do not let speak any more, although the node did not do so at first', async () => {
    const vera = await join('participant');
    const { producerId } = await vera.request('producer:create', microphone());
    on.node.failNext('setProducerPaused');
    await host.request('room:change-settings', { settings: { whoMayUnmute: 'hosts' } });
    await hostSees(vera, ({ producers }) => producers[0]?.pauseReason === 'not-allowed');
    expect(on.node.isPaused(vera.peerId, producerId)).toBe(true);
    expect(await vera.refusal('producer:resume', { producerId })).toBe('forbidden');
  });

  test('mutes in the record also what the node has lost without a word', async () => {
    const vera = await join('participant');
    const { producerId } = await vera.request('producer:create', microphone());
    on.node.forget(vera.peerId, producerId);
    await host.request('room:change-settings', { settings: { whoMayUnmute: 'hosts' } });
    await hostSees(vera, ({ producers }) => producers[0]?.pauseReason === 'not-allowed');
  });

  test('asks the node nothing about a viewer who never had one', async () => {
    const asked: string[] = [];
    on.node.meanwhile.set('closeSendTransport', () => void asked.push('closeSendTransport'));
    const vera: TestClient = await join('viewer');
    await host.request('room:change-settings', { settings: { whoMayChat: 'hosts' } });
    await vera.notified('room:updated', ({ room }) => room.settings.whoMayChat === 'hosts');
    const reply: RequestResult<'media:reopen'> = await vera.request('media:reopen', {
      rtpCapabilities: RTP_CAPABILITIES,
    });
    expect(reply.transports.send).toBeUndefined();
    expect(asked).toEqual([]);
  });
});
