import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createMetrics } from '@parley/common/service';
import { silentLogger } from '@parley/common/testing';
import type { ProducerId } from '@parley/proto/ids';
import { DEFAULT_ROOM_SETTINGS, type RoomSettings } from '@parley/proto/room';
import type { RequestInput } from '@parley/proto/requests';
import { RemoteNode } from '../src/nodes/remote-node.ts';
import { RemotePeer } from '../src/nodes/remote-peer.ts';
import { PeerSession } from '../src/peer/peer-session.ts';
import { MemoryLiveRoomStore } from '../src/store/memory-live-room-store.ts';
import { FakeMediaNode } from './support/fake-media-node.ts';
import { addition, livePeer, ROOM } from './support/live-room-store-contract.ts';
import { NotingLink } from './support/noting-link.ts';
import { camera, microphone, RTP_CAPABILITIES, screen } from './support/rtp.ts';
import { MEDIA_GRPC_SECRET } from './support/test-signaling.ts';

describe('what a peer sends', () => {
  const { record } = livePeer('ada');
  let fake: FakeMediaNode;
  let node: RemoteNode;
  let store: MemoryLiveRoomStore;
  let link: NotingLink;
  let session: PeerSession;

  beforeEach(async () => {
    fake = await FakeMediaNode.start(MEDIA_GRPC_SECRET);
    node = await RemoteNode.create(fake.address, {
      secret: MEDIA_GRPC_SECRET,
      logger: silentLogger,
      metrics: createMetrics('test'),
    });
    store = new MemoryLiveRoomStore();
    link = new NotingLink();
    const peer = livePeer('ada', { mediaNodeId: node.id });
    await store.addPeer(addition('ada', { peer }));
    const media = new RemotePeer({ node, code: ROOM, peerId: record.peerId, traceId: peer.traceId });
    await media.open({ rtpCapabilities: RTP_CAPABILITIES, network: 'network', receiveOnly: false });
    session = new PeerSession({
      code: ROOM,
      peer,
      media,
      store,
      link,
      resumeGraceMs: 10,
      logger: silentLogger,
    });
  });
  afterEach(async () => {
    session.close();
    store.close();
    node.close();
    await fake.stop();
  });

  const send = async ({
    rtpParameters,
    ...producer
  }: RequestInput<'producer:create'>): Promise<ProducerId> => {
    const producerId = await session.media.produce({ rtpParameters, ...producer });
    await session.sent.put({ producerId, ...producer });
    return producerId;
  };
  const stored = async () => (await store.findPeer(ROOM, record.peerId))?.record.producers;
  const isPausedOnNode = (producerId: ProducerId) => fake.isPaused(record.peerId, producerId);
  const adopt = (settings: Partial<RoomSettings>) =>
    session.permissions.adopt({ ...DEFAULT_ROOM_SETTINGS, ...settings });
  const acts = () =>
    link.notified.flatMap(({ name, payload }) =>
      name === 'act:done' ? [(payload as { act: { kind: string; source?: string } }).act] : [],
    );

  test('is one producer of each source: the newest', async () => {
    await send(microphone());
    const producerId = await send(microphone());
    const other = await send(camera());
    expect((await stored())?.map((one) => one.producerId)).toEqual([producerId, other]);
  });

  test('is silent on the node after a mute that the store could not take', async () => {
    const producerId = await send(microphone());
    store.close();
    await expect(session.sent.mute(producerId)).rejects.toMatchObject({ code: 'unavailable' });
    expect(isPausedOnNode(producerId)).toBe(true);
  });

  test('is silent on the node after an unmute that the store could not take', async () => {
    const producerId = await send(microphone());
    await session.sent.mute(producerId);
    store.close();
    await expect(session.sent.unmute(producerId)).rejects.toMatchObject({ code: 'unavailable' });
    expect(isPausedOnNode(producerId)).toBe(true);
  });

  test('is heard in the record only if the node has resumed it', async () => {
    const producerId = await send(microphone());
    await session.sent.mute(producerId);
    fake.refuseToResume = true;
    await expect(session.sent.unmute(producerId)).rejects.toMatchObject({ code: 'over_limit' });
    expect(await stored()).toMatchObject([{ producerId, paused: true }]);
    fake.refuseToResume = false;
    await session.sent.unmute(producerId);
    expect(await stored()).toMatchObject([{ producerId, paused: false }]);
    expect(isPausedOnNode(producerId)).toBe(false);
  });

  test('stays silent where somebody may not unmute by now, as the stored peer says it', async () => {
    const producerId = await send(microphone());
    await session.sent.mute(producerId);
    // Nobody has notified this session of it.
    await store.changePeer(ROOM, record.peerId, 'none', (peer) => ({
      ...peer,
      record: { ...peer.record, role: 'viewer' },
    }));
    await expect(session.sent.unmute(producerId)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await stored()).toMatchObject([{ paused: true }]);
    expect(isPausedOnNode(producerId)).toBe(true);
  });

  test('ends where it is not allowed any more, and the person reads it once for a screen with sound', async () => {
    const kept = await send(microphone());
    await send(screen());
    await send({ ...microphone(), source: 'screen-audio' });
    expect(adopt({ whoMayShareScreen: 'hosts' })).toBe(true);
    await session.sent.obeyRules();
    expect(await stored()).toMatchObject([{ producerId: kept, paused: false }]);
    expect(acts()).toMatchObject([{ kind: 'stopped', source: 'screen' }]);
    expect(session.sent.producerIds).toEqual([kept]);
  });

  test('is muted where only hosts may unmute, with words only if it was heard', async () => {
    const producerId = await send(microphone());
    adopt({ whoMayUnmute: 'hosts' });
    await session.sent.obeyRules();
    expect(await stored()).toMatchObject([{ producerId, paused: true, pauseReason: 'not-allowed' }]);
    expect(isPausedOnNode(producerId)).toBe(true);
    await session.sent.obeyRules();
    expect(acts()).toMatchObject([{ kind: 'muted' }]);
  });

  test('begins muted where everybody enters muted: the first microphone, and nothing else', () => {
    adopt({ mutedOnEntry: true });
    session.sent.enter();
    const reasons = (['camera', 'microphone', 'microphone'] as const).map((source) =>
      session.sent.pauseReasonFor(source),
    );
    expect(reasons).toEqual([undefined, 'muted-on-entry', undefined]);
  });

  test('is no matter of a session that has ended', async () => {
    const producerId = await send(microphone());
    session.close();
    await expect(session.sent.mute(producerId)).rejects.toMatchObject({ code: 'closed' });
    await expect(session.sent.unmute(producerId)).rejects.toMatchObject({ code: 'closed' });
    await expect(session.sent.openTransport()).rejects.toMatchObject({ code: 'closed' });
    await session.sent.obeyMute();
    await session.sent.obeyRules();
    expect(isPausedOnNode(producerId)).toBe(false);
  });
});
