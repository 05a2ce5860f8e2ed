import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { freePort, freePorts, startPostgres, startRedis, waitFor } from '@parley/common/testing';
import type { TestPostgres, TestRedis } from '@parley/common/testing';
import '../harness/jest-timeout.ts';
import { processTree, type ProcessInfo } from '../harness/machine/processes.ts';
import { hasUdpPort } from '../harness/machine/udp-ports.ts';
import type { Doors } from '../harness/peer/raw-peer.ts';
import { callRoute } from '../harness/peer/rest-client.ts';
import { releaseEndpoints } from '../harness/peer/rtp-endpoint.ts';
import type { Talker } from '../harness/peer/talker.ts';
import { TalkingRoom } from '../harness/peer/talking-room.ts';
import { censusOf, censusOfTalkers, settledCensus } from '../harness/records/room-census.ts';
import { ServiceProcess, SHARED_SECRETS } from '../harness/servers/service-process.ts';

const PEOPLE = 9;
const MUTED = [1, 5];
const PIPE_PORTS = 40;
/** Of two workers, on which a room grows from the first person on, and of one worker. */
const NODES = [
  { region: 'a', workers: 2 },
  { region: 'b', workers: 1 },
] as const;
type Node = { service: ServiceProcess; grpc: number; admin: number; media: number; workers: number };

// Each part goes on with the room that the one before it has left.
describe('a room on three routers of two media nodes, in which everybody sends sound and receives all others', () => {
  let postgres: TestPostgres;
  let redis: TestRedis;
  let doors: Doors;
  let room: TalkingRoom;
  const nodes: Node[] = [];
  const services: ServiceProcess[] = [];

  beforeAll(async () => {
    [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
    for (const one of NODES) nodes.push(await startNode(one));
    doors = await startDoors();
    const { code } = await callRoute(doors.rest, 'createRoom', { body: {} });
    room = await TalkingRoom.gather(
      Array.from({ length: PEOPLE }, (_, index) => ({
        origin: doors,
        code,
        name: `Guest ${index + 1}`,
        muted: MUTED.includes(index),
        // Every third person is near the second node.
        regionTimes: NODES.map(({ region }, place) => ({
          region,
          rttMs: (index % 3 === 2 ? 1 : 0) === place ? 10 : 110,
        })),
      })),
    );
  }, 240_000);

  afterAll(async () => {
    room?.close();
    releaseEndpoints();
    await Promise.all([...nodes.map(({ service }) => service), ...services].map((one) => one.kill()));
    await Promise.all([postgres?.stop(), redis?.stop()]);
  });

  async function startNode({ region, workers }: (typeof NODES)[number]): Promise<Node> {
    const grpc = await freePorts(2 + workers + 1 + PIPE_PORTS);
    const [admin, media] = [grpc + 1, grpc + 2];
    const [probe, pipes] = [media + workers, media + workers + 1];
    const service = await ServiceProcess.start('media', {
      ...SHARED_SECRETS,
      REGION: region,
      MEDIA_GRPC_PORT: String(grpc),
      MEDIA_ADMIN_PORT: String(admin),
      MEDIA_RTC_PORT_BASE: String(media),
      MEDIA_PROBE_PORT: String(probe),
      MEDIA_PIPE_PORTS: `${pipes}-${pipes + PIPE_PORTS - 1}`,
      MEDIA_WORKERS: String(workers),
      MEDIA_ROOM_SPREAD_PERCENT: '1',
      MEDIA_MAX_CONSUMERS_PER_WORKER: '400',
    });
    return { service, grpc, admin, media, workers };
  }

  async function startDoors(): Promise<Doors> {
    const [socket, grpc, admin] = [await freePort(), await freePort(), await freePort()];
    const [rest, restAdmin] = [await freePort(), await freePort()];
    services.push(
      await ServiceProcess.start('signaling', {
        ...SHARED_SECRETS,
        SIGNALING_PORT: String(socket),
        SIGNALING_GRPC_PORT: String(grpc),
        SIGNALING_ADMIN_PORT: String(admin),
        DATABASE_URL: postgres.databaseUrl,
        REDIS_URL: redis.url,
        MEDIA_ADDRESSES: nodes.map((node) => `127.0.0.1:${node.grpc}`).join(','),
      }),
    );
    services.push(
      await ServiceProcess.start('gateway', {
        ...SHARED_SECRETS,
        GATEWAY_PORT: String(rest),
        GATEWAY_ADMIN_PORT: String(restAdmin),
        SIGNALING_ADDRESSES: `127.0.0.1:${grpc}`,
        RATE_LIMIT_FACTOR: '0',
      }),
    );
    return { rest: `http://127.0.0.1:${rest}`, socket: `http://127.0.0.1:${socket}` };
  }

  const on = ({ media, workers }: Node): Talker[] =>
    room.talkers.filter(({ mediaPort }) => mediaPort >= media && mediaPort < media + workers);
  const workersOf = ({ service }: Node): ProcessInfo[] =>
    processTree(service.pid).filter(({ command }) => command.includes('mediasoup-worker'));

  /** Everybody receives everybody, and these nodes have what that takes, once, and nothing else. */
  const expectWhole = async (living: readonly Node[]): Promise<readonly number[]> => {
    await room.settled();
    const census = await settledCensus(
      living.map(({ admin }) => admin),
      PEOPLE,
    );
    expect(census).toEqual(censusOfTalkers(PEOPLE, census.routers));
    expect(room.leaked).toBe(0);
    expect(room.talkers.flatMap(({ peer }) => [...peer.departures, peer.end ?? []].flat())).toEqual([]);
    return census.routers;
  };

  /** Resolves when these people have new transports, and nobody else has. */
  const expectNewMedia = async (lost: readonly Talker[], kill: () => void | Promise<void>): Promise<void> => {
    const before = new Map(room.talkers.map((talker) => [talker, talker.peer.epoch]));
    const moved = (): Talker[] => room.talkers.filter((talker) => talker.peer.epoch !== before.get(talker));
    await kill();
    await waitFor(() => lost.every((talker) => moved().includes(talker)), {
      what: 'those whose media was there to have new transports',
    });
    expect(moved()).toEqual(room.talkers.filter((talker) => lost.includes(talker)));
  };

  test('has a pipe for each producer on each other router, and two links for each two routers of different nodes', async () => {
    expect(nodes.map((node) => on(node).length)).toEqual([6, 3]);
    expect(await expectWhole(nodes)).toEqual([2, 1]);
  });

  test('has those of the routers that live, and no others, after a worker was killed', async () => {
    const [first] = nodes as [Node];
    const [{ mediaPort: port } = { mediaPort: 0 }] = on(first);
    const worker = workersOf(first).find(({ pid }) => hasUdpPort(pid, port));
    const lost = on(first).filter(({ mediaPort }) => mediaPort === port);
    expect(lost).toHaveLength(3);
    await expectNewMedia(lost, () => void process.kill(worker?.pid ?? 0, 'SIGKILL'));
    await expectWhole(nodes);
    expect(on(first)).toHaveLength(6);
  });

  test('has those of the node that lives, and no link, after the other node was killed', async () => {
    const [living, dying] = nodes as [Node, Node];
    const lost = on(dying);
    expect(lost).toHaveLength(3);
    await expectNewMedia(lost, () => dying.service.kill());
    await expectWhole([living]);
    expect(on(living)).toHaveLength(PEOPLE);
  });

  test('has nothing on that node after its return', async () => {
    const [, returned] = nodes as [Node, Node];
    await returned.service.restart();
    expect(await censusOf([returned.admin])).toEqual(censusOfTalkers(0, [0]));
    await expectWhole(nodes);
  });
});
