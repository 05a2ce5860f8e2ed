import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { RoomCode } from '@parley/proto/ids';
import { waitFor } from '@parley/common/testing';
import { CuttableRelay } from './support/cuttable-relay.ts';
import { MediaProcess } from './support/media-process.ts';
import { camera, microphone, RTP_CAPABILITIES } from './support/rtp.ts';
import type { TestClient } from './support/test-client.ts';
import { MEDIA_GRPC_SECRET, TestBackend, type TestSignaling } from './support/test-signaling.ts';

const JOIN = { protocol: 1, rtpCapabilities: RTP_CAPABILITIES };
const REOPEN = { rtpCapabilities: RTP_CAPABILITIES };

describe('a media node that signaling does not reach', () => {
  let backend: TestBackend;
  let nodes: [MediaProcess, MediaProcess];
  let relays: [CuttableRelay, CuttableRelay];
  /** The node of the call, and what signaling reaches it through. */
  let home: MediaProcess;
  let relay: CuttableRelay;
  let other: MediaProcess;
  let signaling: TestSignaling;
  let code: RoomCode;
  let ada: TestClient;
  let bob: TestClient;

  beforeAll(async () => {
    backend = await TestBackend.start();
    const options = { secret: MEDIA_GRPC_SECRET, env: { DRAIN_TIMEOUT_S: '20' } };
    nodes = await Promise.all([MediaProcess.start(options), MediaProcess.start(options)]);
  }, 120_000);
  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.stop()));
    await backend.stop();
  });
  beforeEach(async () => {
    const [first, second] = nodes;
    const peers = async (): Promise<number> => (await first.counts()).peers + (await second.counts()).peers;
    await waitFor(async () => (await peers()) === 0, { timeoutMs: 10_000, what: 'both nodes are empty' });
    relays = [await CuttableRelay.start(portOf(first)), await CuttableRelay.start(portOf(second))];
    signaling = await backend.signaling({
      MEDIA_ADDRESSES: relays.map(({ port }) => `127.0.0.1:${port}`).join(','),
      RESUME_GRACE_MS: '20000',
    });
    code = await signaling.createRoom();
    ada = await signaling.join(code, 'Ada');
    const isFirst = (await first.counts()).peers === 1;
    [home, other] = isFirst ? [first, second] : [second, first];
    relay = relays[isFirst ? 0 : 1];
    bob = await signaling.join(code, 'Bob');
    await ada.request('producer:create', camera());
  });
  afterEach(async () => {
    const { malformed } = signaling;
    await signaling.stop();
    for (const one of relays) one.close();
    expect(malformed).toEqual([]);
  });

  const resets = (): number => [ada, bob].flatMap((client) => client.notifications('media:reset')).length;
  const leaves = (): number => [ada, bob].flatMap((client) => client.notifications('peer:left')).length;
  const reopen = (client: TestClient): Promise<true> =>
    waitFor(async () => (await client.attempt('media:reopen', REOPEN)).ok, {
      timeoutMs: 20_000,
      intervalMs: 600,
      what: 'media is reopened',
    });
  const wait = (ms: number): Promise<true> => {
    const until = performance.now() + ms;
    return waitFor(() => performance.now() > until, { timeoutMs: ms + 5_000 });
  };

  test('for three seconds keeps its calls: nobody joins them meanwhile, and afterwards nothing is double', async () => {
    relay.cut();
    const late = await signaling.connect(code, 'Late');
    await waitFor(async () => {
      const reply = await late.attempt('room:join', JOIN);
      return !reply.ok && reply.error.code === 'media_unavailable' && reply.error.retryAfterMs !== undefined;
    });
    const elsewhere = await signaling.join(await signaling.createRoom(), 'Elsewhere');
    await wait(3_000);
    expect(resets()).toBe(0);
    relay.mend();
    await waitFor(async () => (await late.attempt('room:join', JOIN)).ok, {
      timeoutMs: 10_000,
      intervalMs: 500,
    });
    await ada.request('producer:create', microphone());
    expect(await home.counts()).toMatchObject({ rooms: 1, peers: 3, transports: 6, producers: 2 });
    expect(await other.counts()).toMatchObject({ rooms: 1, peers: 1 });
    expect([resets(), leaves()]).toEqual([0, 0]);
    await elsewhere.request('room:leave', {});
  });

  test('is left when two clients say that their transports are gone, and has none of them when it is back', async () => {
    relay.cut();
    // One client may just have a bad network.
    await wait(1_500);
    expect(await ada.refusal('media:reopen', REOPEN)).toBe('media_unavailable');
    expect(bob.notifications('media:reset')).toEqual([]);
    await Promise.all([reopen(ada), reopen(bob)]);
    expect(await other.counts()).toMatchObject({ rooms: 1, peers: 2 });
    relay.mend();
    await waitFor(async () => (await home.counts()).peers === 0, { timeoutMs: 10_000 });
    expect(await home.counts()).toMatchObject({ rooms: 0, transports: 0, producers: 0 });
    expect(leaves()).toBe(0);
  });

  test('that was killed while somebody was away has not kept their media', async () => {
    relay.close();
    await home.kill();
    ada.cut();
    const again = await signaling.reconnect(ada);
    expect((await again.resume()).mediaKept).toBe(false);
    await reopen(again);
    expect(await other.counts()).toMatchObject({ peers: expect.any(Number), rooms: 1 });
    await home.restart();
  });

  test('answers for the media of somebody who comes back', async () => {
    ada.cut();
    const again = await signaling.reconnect(ada);
    expect((await again.resume()).mediaKept).toBe(true);
  });

  test('and that is asked to stop lets its calls move first, and ends well', async () => {
    const stopping = home.terminate();
    const startedAt = performance.now();
    await ada.notified('media:reset');
    await Promise.all([reopen(ada), reopen(bob)]);
    const { producerId } = await ada.request('producer:create', camera());
    expect((await bob.request('consumer:create', { producers: [{ producerId }] })).results).toMatchObject([
      { status: 'created' },
    ]);
    expect(await stopping).toBe(0);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    expect(await other.counts()).toMatchObject({ rooms: 1, peers: 2 });
    expect(leaves()).toBe(0);
    expect(ada.notifications('media:reset')).toHaveLength(1);
  });
});

function portOf({ address }: MediaProcess): number {
  return Number(new URL(`http://${address}`).port);
}
