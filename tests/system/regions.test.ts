import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { freePort, freePorts, startPostgres, startRedis, waitFor } from '@parley/common/testing';
import type { TestPostgres, TestRedis } from '@parley/common/testing';
import '../harness/jest-timeout.ts';
import { NetworkNamespace } from '../harness/machine/network-namespace.ts';
import { RegionNetwork, type RegionPorts } from '../harness/machine/region-network.ts';
import { FarClient } from '../harness/peer/far-client.ts';
import type { Doors } from '../harness/peer/raw-peer.ts';
import { callRoute } from '../harness/peer/rest-client.ts';
import { releaseEndpoints } from '../harness/peer/rtp-endpoint.ts';
import { ServiceProcess, SHARED_SECRETS } from '../harness/servers/service-process.ts';

const NAMES = ['a', 'b', 'c'] as const;
type Name = (typeof NAMES)[number];
/** Round trips in milliseconds: within a region, to the next one, and to the one behind that. */
const ROUND_TRIPS = [20, 80, 160] as const;
/** The regions lie on a line. */
const roundTripMs = (from: string, to: string): number =>
  ROUND_TRIPS[Math.abs(NAMES.indexOf(from as Name) - NAMES.indexOf(to as Name))] ?? Number.NaN;
const oneWayMs = (from: string, to: string): number => roundTripMs(from, to) / 2;
/** From a client to its node, over the link if there is one, and from the node of the other client to that. */
const legsMs = (from: Name, to: Name): number =>
  oneWayMs(from, from) + (from === to ? 0 : oneWayMs(from, to)) + oneWayMs(to, to);

const PEERS_PER_NODE = 3;
const PACKETS = 50;
/** What nodes, relays and this process add at least. A way through the third region, or to a node that is not the near one, is longer. */
const TOLERANCE_MS = 15;

const title = 'three regions';
const describeAsRoot = NetworkNamespace.isPossible
  ? describe.each([title])
  : describe.skip.each([`${title} (skipped: only root can make a network namespace)`]);

describeAsRoot('%s', () => {
  let ports: RegionPorts & { admin: number };
  let network: RegionNetwork;
  let postgres: TestPostgres;
  let redis: TestRedis;
  const services: ServiceProcess[] = [];
  let doors: Doors;
  let code: string;
  const clients = new Map<Name, FarClient>();
  const of = (name: Name): FarClient => clients.get(name)!;

  beforeAll(async () => {
    const first = await freePorts(10);
    const pipes = [4, 5, 6, 7, 8, 9].map((index) => first + index);
    ports = { grpc: first, admin: first + 1, media: first + 2, probe: first + 3, pipes };
    network = await RegionNetwork.create(NAMES, ports, oneWayMs);
    [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
    for (const name of NAMES) services.push(await startNode(name));
    doors = await startDoors();
  }, 240_000);

  afterAll(async () => {
    for (const client of clients.values()) await client.leave();
    releaseEndpoints();
    await Promise.all(services.map((service) => service.kill()));
    network?.close();
    await Promise.all([postgres?.stop(), redis?.stop()]);
  });

  function startNode(name: Name): Promise<ServiceProcess> {
    const { machine, address } = network.place(name);
    const env = {
      ...SHARED_SECRETS,
      REGION: name,
      MEDIA_GRPC_HOST: machine.address,
      MEDIA_GRPC_PORT: String(ports.grpc),
      MEDIA_ADMIN_HOST: machine.address,
      MEDIA_ADMIN_PORT: String(ports.admin),
      MEDIA_RTC_LISTEN_IP: machine.address,
      MEDIA_RTC_ANNOUNCED_ADDRESSES: address,
      MEDIA_RTC_PORT_BASE: String(ports.media),
      MEDIA_PROBE_PORT: String(ports.probe),
      MEDIA_PIPE_ADDRESS: address,
      MEDIA_PIPE_PORTS: `${ports.pipes.at(0)}-${ports.pipes.at(-1)}`,
      MEDIA_WORKERS: '1',
      MEDIA_MAX_PEERS_PER_WORKER: String(PEERS_PER_NODE),
    };
    return ServiceProcess.start('media', env, machine.within);
  }

  async function startDoors(): Promise<Doors> {
    const [socket, grpc, admin] = [await freePort(), await freePort(), await freePort()];
    const [rest, restAdmin] = [await freePort(), await freePort()];
    const signaling = await ServiceProcess.start('signaling', {
      ...SHARED_SECRETS,
      SIGNALING_PORT: String(socket),
      SIGNALING_GRPC_PORT: String(grpc),
      SIGNALING_ADMIN_PORT: String(admin),
      DATABASE_URL: postgres.databaseUrl,
      REDIS_URL: redis.url,
      MEDIA_ADDRESSES: NAMES.map((name) => `${network.place(name).address}:${ports.grpc}`).join(','),
    });
    services.push(signaling);
    const gateway = await ServiceProcess.start('gateway', {
      ...SHARED_SECRETS,
      GATEWAY_PORT: String(rest),
      GATEWAY_ADMIN_PORT: String(restAdmin),
      SIGNALING_ADDRESSES: `127.0.0.1:${grpc}`,
      RATE_LIMIT_FACTOR: '0',
    });
    services.push(gateway);
    return { rest: `http://127.0.0.1:${rest}`, socket: `http://127.0.0.1:${socket}` };
  }

  const join = (name: Name): Promise<FarClient> =>
    FarClient.join({ doors, code, name, from: network.place(name).clientAddress });

  test('are measured through the network, and each person gets media on the node of the nearest', async () => {
    await waitFor(async () => (await callRoute(doors.rest, 'listRegions')).regions.length === NAMES.length);
    ({ code } = await callRoute(doors.rest, 'createRoom', { body: {} }));
    for (const name of NAMES) {
      const client = await join(name);
      clients.set(name, client);
      for (const { region, rttMs } of client.times)
        expect(rttMs).toBeGreaterThanOrEqual(roundTripMs(name, region));
      expect(client.times.toSorted((one, other) => one.rttMs - other.rttMs)[0]?.region).toBe(name);
      expect(client.nodeAddresses).toEqual([network.place(name).address]);
    }
  });

  test('add the link between two nodes to the ways of a voice, and nothing else', async () => {
    for (const client of clients.values()) await client.speak();
    const ways = NAMES.flatMap((from) => NAMES.filter((to) => to !== from).map((to) => ({ from, to })));
    for (const { from, to } of ways) {
      const delays = await of(to).hear(of(from));
      const fastest = (): number => Math.min(...delays);
      await waitFor(() => delays.length >= PACKETS && fastest() < legsMs(from, to) + TOLERANCE_MS, {
        what: `packets from ${from} to ${to} within ${legsMs(from, to)} ms`,
        describe: () => ({ packets: delays.length, fastest: fastest() }),
      });
      expect(fastest()).toBeGreaterThanOrEqual(legsMs(from, to));
    }
  });

  test('send a person to the second nearest node when the nearest is full', async () => {
    const further: FarClient[] = [];
    try {
      for (let count = 1; count < PEERS_PER_NODE; count += 1) further.push(await join('c'));
      for (const client of further) expect(client.nodeAddresses).toEqual([network.place('c').address]);
      const late = await join('c');
      further.push(late);
      expect(late.nodeAddresses).toEqual([network.place('b').address]);
    } finally {
      for (const client of further) await client.leave();
    }
  });
});
