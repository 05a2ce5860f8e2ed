import { describe, expect, test } from '@jest/globals';
import type { ProducerId } from '@parley/proto/ids';
import type { PeerRecord } from '@parley/proto/room';
import type { ConsumerParameters } from '@parley/proto/rtp';
import { waitFor } from '@parley/common/testing';
import { camera, dtlsParameters, microphone, opusParameters, screen } from './support/rtp.ts';
import { useSignaling } from './support/running-signaling.ts';
import type { TestClient } from './support/test-client.ts';

describe('media by request', () => {
  let ada: TestClient;
  let bob: TestClient;
  const call = useSignaling(async ({ signaling, code }) => {
    [ada, bob] = [await signaling.join(code, 'Ada'), await signaling.join(code, 'Bob')];
  });

  const produce = async (client: TestClient, request = microphone()): Promise<ProducerId> =>
    (await client.request('producer:create', request)).producerId;
  const consume = async (client: TestClient, producerId: ProducerId): Promise<ConsumerParameters> => {
    const { results } = await client.request('consumer:create', { producers: [{ producerId }] });
    const [result] = results;
    if (result?.status !== 'created') throw new Error(`not consumed: ${JSON.stringify(result)}`);
    return result.consumer;
  };
  const seenBy = (client: TestClient, fits: (record: PeerRecord) => boolean) =>
    client.notified('peer:updated', ({ peer }) => peer.peerId === ada.peerId && fits(peer));

  test('transports connect once, and again with the same parameters only', async () => {
    const { transportId } = ada.transports.send;
    const parameters = dtlsParameters();
    await ada.request('transport:connect', { transportId, dtlsParameters: parameters });
    await ada.request('transport:connect', { transportId, dtlsParameters: parameters });
    expect(await ada.refusal('transport:connect', { transportId, dtlsParameters: dtlsParameters() })).toBe(
      'conflict',
    );
  });

  test('ICE restarts with new credentials', async () => {
    const { transportId, iceParameters } = ada.transports.receive;
    const restarted = await ada.request('transport:restart-ice', { transportId });
    expect(restarted.iceParameters.usernameFragment).not.toBe(iceParameters.usernameFragment);
  });

  test('a producer is in its peer\u2019s record, with its version, for everybody to see', async () => {
    const producerId = await produce(ada);
    const { peer } = await seenBy(bob, ({ producers }) => producers.length === 1);
    expect(peer).toMatchObject({
      version: 2,
      producers: [{ producerId, source: 'microphone', kind: 'audio', paused: false }],
    });
    expect(await ada.notified('peer:updated')).toEqual({ peer });
  });

  test('a producer made twice with the same parameters is one, and keeps the state it has now', async () => {
    const request = camera();
    const producerId = await produce(ada, request);
    await ada.request('producer:pause', { producerId });
    expect(await produce(ada, request)).toBe(producerId);
    expect((await call.signaling.join(call.code)).snapshot.peers[0]?.producers).toMatchObject([
      { producerId, paused: true },
    ]);
    expect(await ada.refusal('producer:create', camera())).toBe('conflict');
  });

  test('mute and unmute are seen by everybody and reach the consumers of the producer', async () => {
    const producerId = await produce(ada);
    await ada.request('producer:pause', { producerId });
    await seenBy(bob, ({ producers }) => producers[0]?.paused === true);
    expect(await consume(bob, producerId)).toMatchObject({
      producerPaused: true,
      paused: true,
      peerId: ada.peerId,
    });
    await ada.request('producer:resume', { producerId });
    await seenBy(bob, ({ version, producers }) => version > 3 && producers[0]?.paused === false);
  });

  test('several people share their screens at once, one screen each', async () => {
    const first = await produce(ada, screen());
    const second = await produce(bob, screen());
    expect(await ada.refusal('producer:create', screen())).toBe('conflict');
    const late = await call.signaling.join(call.code);
    const shared = late.snapshot.peers.flatMap(({ producers }) =>
      producers.filter(({ source }) => source === 'screen'),
    );
    expect(shared.map(({ producerId }) => producerId)).toEqual([first, second]);
  });

  test('consumers come paused, one per producer, in the order asked for, with an outcome for each', async () => {
    const [sound, picture] = [await produce(ada), await produce(ada, camera())];
    const { results } = await bob.request('consumer:create', {
      producers: [
        { producerId: picture, preferredLayers: { spatialLayer: 0 } },
        { producerId: 'gone' },
        { producerId: sound },
      ],
    });
    expect(results).toMatchObject([
      {
        status: 'created',
        consumer: { producerId: picture, kind: 'video', type: 'simulcast', paused: true, source: 'camera' },
      },
      { status: 'failed', producerId: 'gone', error: { code: 'producer_not_found' } },
      { status: 'created', consumer: { producerId: sound, kind: 'audio', type: 'simple', paused: true } },
    ]);
    const again = await consume(bob, picture);
    expect(results[0]).toMatchObject({ consumer: { consumerId: again.consumerId } });
  });

  test('consumers are resumed, layered, asked for a key frame, paused and closed', async () => {
    const { consumerId } = await consume(bob, await produce(ada, camera()));
    const consumerIds = [consumerId];
    await bob.request('consumer:resume', { consumerIds });
    await bob.request('consumer:set-layers', {
      layers: [{ consumerId, preferredLayers: { spatialLayer: 2, temporalLayer: 1 }, priority: 200 }],
    });
    await bob.request('consumer:request-key-frame', { consumerIds });
    await bob.request('consumer:pause', { consumerIds });
    await bob.request('consumer:close', { consumerIds });
    expect(await call.backend.media.counts()).toMatchObject({ consumers: 0 });
    expect(await bob.refusal('consumer:resume', { consumerIds })).toBe('consumer_not_found');
  });

  test('only the sender is notified which layers are wanted', async () => {
    const producerId = await produce(ada, camera());
    const { consumerId } = await consume(bob, producerId);
    await bob.request('consumer:set-layers', {
      layers: [{ consumerId, preferredLayers: { spatialLayer: 1 } }],
    });
    await bob.request('consumer:resume', { consumerIds: [consumerId] });
    await ada.notified(
      'producer:layers-wanted',
      (wanted) => wanted.producerId === producerId && wanted.maxSpatialLayer === 1,
    );
    expect(bob.notifications('producer:layers-wanted')).toEqual([]);
  });

  test('a closed producer leaves the record, and only its consumers are notified', async () => {
    const eve = await call.signaling.join(call.code, 'Eve');
    const producerId = await produce(ada);
    const { consumerId } = await consume(bob, producerId);
    await ada.request('producer:close', { producerId });
    expect(await bob.notified('consumer:closed')).toEqual({ consumerId, producerId });
    await seenBy(eve, ({ producers, version }) => version > 2 && producers.length === 0);
    expect(eve.notifications('consumer:closed')).toEqual([]);
    expect(await ada.refusal('producer:close', { producerId })).toBe('producer_not_found');
    await produce(ada);
  });

  test('ids of another peer of the room are refused, and nothing of it changes', async () => {
    const producerId = await produce(ada);
    const { consumerId } = await consume(bob, producerId);
    const { transportId } = ada.transports.send;
    const thief = await call.signaling.join(call.code, 'Thief');
    expect(await thief.refusal('transport:connect', { transportId, dtlsParameters: dtlsParameters() })).toBe(
      'transport_not_found',
    );
    expect(await thief.refusal('transport:restart-ice', { transportId })).toBe('transport_not_found');
    for (const verb of ['producer:pause', 'producer:resume', 'producer:close'] as const) {
      expect([verb, await thief.refusal(verb, { producerId })]).toEqual([verb, 'producer_not_found']);
    }
    for (const verb of ['consumer:pause', 'consumer:resume', 'consumer:request-key-frame'] as const) {
      expect([verb, await thief.refusal(verb, { consumerIds: [consumerId] })]).toEqual([
        verb,
        'consumer_not_found',
      ]);
    }
    await thief.request('consumer:close', { consumerIds: [consumerId] });
    await bob.request('consumer:resume', { consumerIds: [consumerId] });
    const late = await call.signaling.join(call.code);
    expect(late.snapshot.peers.find(({ peerId }) => peerId === ada.peerId)?.producers).toMatchObject([
      { producerId, paused: false },
    ]);
  });

  test('a kind that is not its source\u2019s is refused', async () => {
    const request = { source: 'camera', kind: 'audio', rtpParameters: opusParameters(), paused: false };
    expect(await ada.refusal('producer:create', request)).toBe('invalid_request');
  });

  test('requests of one peer are handled in their order', async () => {
    const producerId = await produce(ada);
    const paused = [true, false, true, false, true];
    const replies = await Promise.all(
      paused.map((pause) => ada.attempt(pause ? 'producer:pause' : 'producer:resume', { producerId })),
    );
    expect(replies.every(({ ok }) => ok)).toBe(true);
    await seenBy(bob, ({ version, producers }) => version === 7 && producers[0]?.paused === true);
    // Others may receive only the last of several changes.
    const states = ada.notifications('peer:updated').map(({ peer }) => peer.producers[0]?.paused);
    expect(states).toEqual([false, ...paused]);
  });

  test('the media of a peer that leaves is closed on the node and for its consumers', async () => {
    const producerId = await produce(ada);
    const { consumerId } = await consume(bob, producerId);
    await ada.request('room:leave', {});
    expect(await bob.notified('consumer:closed')).toEqual({ consumerId, producerId });
    expect(await bob.notified('peer:left')).toEqual({ peerId: ada.peerId, reason: 'left' });
    await waitFor(async () => (await call.backend.media.counts()).peers === 1);
    expect(await call.backend.media.counts()).toMatchObject({ transports: 2, producers: 0, consumers: 0 });
  });
});
