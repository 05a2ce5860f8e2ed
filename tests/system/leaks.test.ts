import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { INSPECTABLE, Inspector } from '../harness/records/inspector.ts';
import { scrape, total } from '../harness/records/metrics.ts';
import '../harness/jest-timeout.ts';
import { allocatedSize } from '../harness/machine/processes.ts';
import { RawPeer } from '../harness/peer/raw-peer.ts';
import { callRoute } from '../harness/peer/rest-client.ts';
import { Launcher } from '../harness/servers/launcher.ts';
import { waitFor } from '@parley/common/testing';
import { dumpWorkers, type WorkerDump } from '../harness/records/worker-dump.ts';

const ROUNDS = 25;
const PEERS = ROUNDS * 2;
const BATCHES = 3;
const SERVICES = ['media', 'signaling', 'gateway'] as const;
type Service = (typeof SERVICES)[number];

/**
 * The least memory that one leaked join would hold. The true number is several times larger: a leaked session alone holds
 * more than 20 kB. Without a leak signaling keeps about 1 kB of a join: for some minutes why the peer left, and what the engine notes
 * about code that it has compiled; the code itself is left out (see `heapUsed`).
 */
const LEAKED_BYTES_PER_JOIN = 8_000;

/**
 * Idle connections between services, and their timers, close and open at any time. What every second person of a batch leaves behind is
 * five times as many.
 */
const BETWEEN_SERVICES = ROUNDS / 5;

type Holdings = {
  media: Record<'rooms' | 'peers' | 'routers' | 'transports' | 'producers' | 'consumers', number>;
  signaling: Record<'rooms' | 'peers' | 'sockets' | 'pendingReleases', number>;
  workers: WorkerDump;
  resources: Record<Service, Record<string, number>>;
};

describe('fifty joins and leaves, half of them abrupt', () => {
  let launcher: Launcher;
  let inspectors: Record<Service, Inspector>;

  beforeAll(async () => {
    launcher = await Launcher.start({
      env: { ...INSPECTABLE, RESUME_GRACE_MS: '300', RATE_LIMIT_FACTOR: '0', JOINS_PER_ADDRESS: '10000' },
    });
    const attached = await Promise.all(SERVICES.map((service) => Inspector.attach(launcher, service)));
    inspectors = { media: attached[0]!, signaling: attached[1]!, gateway: attached[2]! };
  });

  afterAll(async () => {
    for (const inspector of Object.values(inspectors ?? {})) inspector.close();
    await launcher?.stop();
  });

  /** Two people in a new room, with everything that a call makes. One peer leaves, and the connection of the other is lost. */
  const comeAndGo = async (): Promise<void> => {
    const { code } = await callRoute(launcher.origin, 'createRoom', { body: {} });
    const [polite, abrupt] = [
      await RawPeer.join(launcher.origin, code, 'Polite'),
      await RawPeer.join(launcher.origin, code, 'Abrupt'),
    ];
    const pair = [polite, abrupt];
    await Promise.all(pair.map((peer) => peer.connectTransports()));
    const produced = await Promise.all(
      pair.map(async (peer) => [await peer.produce('microphone'), await peer.produce('camera')]),
    );
    const consumed = await Promise.all([polite.consume(produced[1]!), abrupt.consume(produced[0]!)]);
    await polite.request('consumer:resume', { consumerIds: consumed[0].map(({ consumerId }) => consumerId) });
    await abrupt.request('chat:send', {
      clientMessageId: crypto.randomUUID(),
      toPeerId: null,
      text: 'hello',
    });
    await abrupt.request('peer:set-hand', { raised: true });
    abrupt.vanish();
    await polite.leave();
  };

  const holdings = async (): Promise<Holdings> => {
    const media = await scrape(launcher.ports.MEDIA_ADMIN_PORT);
    const signaling = await scrape(launcher.ports.SIGNALING_ADMIN_PORT);
    const live = (what: string) => total(signaling, `parley_signaling_${what}`);
    const node = (what: string) => total(media, `parley_media_${what}`);
    return {
      media: {
        rooms: node('rooms'),
        peers: node('peers'),
        routers: node('routers'),
        transports: node('transports'),
        producers: node('producers'),
        consumers: node('consumers'),
      },
      signaling: {
        rooms: live('rooms'),
        peers: live('peers'),
        sockets: live('sockets'),
        pendingReleases: live('pending_releases'),
      },
      workers: await waitFor(() => dumpWorkers(inspectors.media), { what: 'no worker to be replaced' }),
      resources: {
        media: await inspectors.media.activeResources(),
        signaling: await inspectors.signaling.activeResources(),
        gateway: await inspectors.gateway.activeResources(),
      },
    };
  };

  const settle = (like: Holdings): Promise<Holdings> => {
    const timersAndSockets = (seen: Holdings) => SERVICES.map((service) => withinBounds(seen, like, service));
    const isBack = (seen: Holdings) =>
      JSON.stringify([seen.media, seen.signaling, seen.workers]) ===
        JSON.stringify([like.media, like.signaling, like.workers]) && timersAndSockets(seen).every(Boolean);
    return waitFor(
      async () => {
        const seen = await holdings();
        return isBack(seen) && seen;
      },
      {
        what: 'everything to be back to where it was',
        timeoutMs: 60_000,
        describe: async () => ({ expected: like, seen: await holdings() }),
      },
    );
  };

  test('leave no router, transport, producer, consumer, socket, store entry, timer or memory behind', async () => {
    // A warm-up, for everything that is made once and kept, such as connections and compiled code.
    for (let round = 0; round < 5; round += 1) await comeAndGo();
    const nothing = { rooms: 0, peers: 0 };
    await waitFor(
      async () => {
        const { media, signaling } = await holdings();
        return media.rooms + media.transports + signaling.rooms + signaling.sockets === 0;
      },
      { what: 'the first rooms to be gone' },
    );
    const before = await holdings();
    expect(before.media).toMatchObject({ ...nothing, routers: 0, transports: 0, producers: 0, consumers: 0 });
    expect(before.signaling).toEqual({ ...nothing, sockets: 0, pendingReleases: 0 });
    expect(before.workers).toMatchObject({ routers: 0, webRtcTransports: 0, iceUsers: 0 });

    const heaps: Record<Service, number[]> = { media: [], signaling: [], gateway: [] };
    const workerSizes: number[] = [];
    for (let batch = 0; batch <= BATCHES; batch += 1) {
      for (let round = 0; round < ROUNDS; round += 1) await comeAndGo();
      await settle(before);
      for (const service of SERVICES) heaps[service].push(await inspectors[service].heapUsed());
      workerSizes.push(launcher.workerPids().reduce((sum, pid) => sum + allocatedSize(pid), 0));
    }
    if (process.env.PARLEY_TEST_VERBOSE) process.stderr.write(`${JSON.stringify({ heaps, workerSizes })}\n`);
    const mayGrow = PEERS * LEAKED_BYTES_PER_JOIN;
    for (const service of SERVICES) expect(usualGrowth(heaps[service])).toBeLessThan(mayGrow);
    expect(usualGrowth(workerSizes)).toBeLessThan(mayGrow);
  });

  test('are counted while the peers are there, so that the zeros of the test before are not a mistake', async () => {
    const { code } = await callRoute(launcher.origin, 'createRoom', { body: {} });
    const empty = await holdings();
    const peers = [
      await RawPeer.join(launcher.origin, code, 'Ada'),
      await RawPeer.join(launcher.origin, code, 'Bela'),
    ];
    const producerId = await peers[0]!.produce('camera');
    await peers[1]!.consume([producerId]);
    const full = await holdings();
    expect(full.media).toMatchObject({
      rooms: 1,
      peers: 2,
      routers: 1,
      transports: 4,
      producers: 1,
      consumers: 1,
    });
    expect(full.signaling).toEqual({ rooms: 1, peers: 2, sockets: 2, pendingReleases: 0 });
    expect(full.workers).toMatchObject({ routers: 1, webRtcTransports: 4, iceUsers: 4 });
    expect(full.workers.channelHandlers).toBeGreaterThan(empty.workers.channelHandlers);
    for (const peer of peers) await peer.leave();
    await settle(empty);
  });
});

/**
 * The median growth from batch to batch, in bytes. A leak makes every batch grow; what the engine compiles late makes one
 * of them grow. The first batch belongs to the warm-up.
 */
function usualGrowth(sizes: readonly number[]): number {
  const growth = sizes.slice(1).map((size, index) => size - sizes[index]!);
  return growth.toSorted((a, b) => a - b)[Math.floor(growth.length / 2)]!;
}

/** Whether a service has no more timers and connections of any kind than before, but for what services keep between each other. */
function withinBounds(seen: Holdings, like: Holdings, service: Service): boolean {
  return Object.entries(seen.resources[service]).every(
    ([kind, count]) => count <= (like.resources[service][kind] ?? 0) + BETWEEN_SERVICES,
  );
}
