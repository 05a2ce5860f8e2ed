import { describe, expect, test } from '@jest/globals';
import type { ProducerId } from '@parley/proto/ids';
import { waitFor } from '@parley/common/testing';
import { microphone } from './support/rtp.ts';
import { withFakeNode } from './support/running-signaling.ts';
import type { TestClient } from './support/test-client.ts';

describe('a peer that sends too much', () => {
  let mallory: TestClient;
  let bob: TestClient;
  let producerId: ProducerId;

  const on = withFakeNode(async ({ signaling, code }) => {
    [mallory, bob] = [await signaling.join(code, 'Mallory'), await signaling.join(code, 'Bob')];
    ({ producerId } = await mallory.request('producer:create', microphone()));
  });

  const limited = { paused: true, pauseReason: 'over-limit' };
  const producersAt = (client: TestClient) =>
    client.notifications('peer:updated').findLast(({ peer }) => peer.peerId === mallory.peerId)?.peer
      .producers;

  test('reads in its record that its producer is paused and why, and so does everybody else', async () => {
    on.node.report({ producerLimited: { peerId: mallory.peerId, producerId } });
    for (const client of [mallory, bob])
      await client.notified('peer:updated', ({ peer }) => peer.producers[0]?.paused === true);
    for (const client of [mallory, bob])
      expect(producersAt(client)).toMatchObject([{ producerId, ...limited }]);
    const late = await on.signaling.join(on.code, 'Late');
    expect(late.snapshot.peers[0]?.producers).toMatchObject([limited]);
  });

  test('has no reason in its record any more once it resumes or pauses itself', async () => {
    on.node.report({ producerLimited: { peerId: mallory.peerId, producerId } });
    await bob.notified('peer:updated', ({ peer }) => peer.producers[0]?.pauseReason === 'over-limit');
    await mallory.request('producer:pause', { producerId });
    await waitFor(() => producersAt(bob)?.[0]?.pauseReason === undefined);
    expect(producersAt(bob)).toEqual([{ producerId, source: 'microphone', kind: 'audio', paused: true }]);
    await mallory.request('producer:resume', { producerId });
    await waitFor(() => producersAt(bob)?.[0]?.paused === false);
    expect(producersAt(bob)).toEqual([{ producerId, source: 'microphone', kind: 'audio', paused: false }]);
  });

  test('stays paused when the node refuses to resume', async () => {
    on.node.report({ producerLimited: { peerId: mallory.peerId, producerId } });
    await mallory.notified('peer:updated', ({ peer }) => peer.producers[0]?.paused === true);
    on.node.refuseToResume = true;
    expect(await mallory.refusal('producer:resume', { producerId })).toBe('over_limit');
    await bob.settled();
    expect(producersAt(bob)).toMatchObject([limited]);
  });

  test('leaves when the node has ended it, and reads why', async () => {
    on.node.report({ peerClosed: { peerId: mallory.peerId, reason: 'PEER_CLOSE_REASON_OVER_LIMIT' } });
    expect(await mallory.notified('session:ended')).toEqual({ reason: 'over-limit' });
    expect(await bob.notified('peer:left')).toEqual({ peerId: mallory.peerId, reason: 'left' });
    await expect(on.signaling.reconnect(mallory)).rejects.toMatchObject({ body: { code: 'over_limit' } });
    expect(await on.signaling.metrics()).toMatch(
      /parley_signaling_peers_left_total\{.*reason="over-limit".*\} 1/,
    );
  });

  test('cannot be paused by an event about a producer of somebody else', async () => {
    on.node.report({ producerLimited: { peerId: bob.peerId, producerId } });
    await bob.settled();
    await mallory.settled();
    expect(producersAt(bob)).toMatchObject([{ paused: false }]);
  });
});
