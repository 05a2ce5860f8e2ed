import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals';
import { startRedis, type TestRedis } from '@parley/common/testing';
import type { RoomCode } from '@parley/proto/ids';
import { FakeMediaNode } from './fake-media-node.ts';
import { MEDIA_GRPC_SECRET, TestBackend, type TestSignaling } from './test-signaling.ts';

type Env = Record<string, string>;

/** What the tests of a block have; each test begins with a room of its own. */
type Running = { readonly backend: TestBackend; readonly signaling: TestSignaling; readonly code: RoomCode };
type RunningTwice = Pick<Running, 'backend' | 'code'> & {
  readonly one: TestSignaling;
  readonly two: TestSignaling;
  readonly redisUrl: string;
};

let databases = 0;

/**
 * Signaling for each test of this block, with `prepare` after its start. Fails a test whose clients received what the contract does not have.
 *
 * @param env Its variables, or what makes them for each test.
 */
export function useSignaling(
  prepare: (running: Running) => Promise<void>,
  env: Env | (() => Env) = {},
): Running {
  let backend: TestBackend;
  let signaling: TestSignaling;
  let code: RoomCode;
  const running: Running = {
    get backend() {
      return backend;
    },
    get signaling() {
      return signaling;
    },
    get code() {
      return code;
    },
  };
  beforeAll(async () => {
    backend = await TestBackend.start();
  }, 180_000);
  afterAll(() => backend.stop());
  beforeEach(async () => {
    signaling = await backend.signaling(typeof env === 'function' ? env() : env);
    code = await signaling.createRoom();
    await prepare(running);
  });
  afterEach(async () => {
    const { malformed } = signaling;
    await signaling.stop();
    expect(malformed).toEqual([]);
  });
  return running;
}

/**
 * The same on a media node of its own, which the test plays.
 *
 * @param version That of the node.
 */
export function withFakeNode(
  prepare: (running: Running) => Promise<void>,
  version?: Parameters<typeof FakeMediaNode.start>[1],
): Pick<Running, 'signaling' | 'code'> & { readonly node: FakeMediaNode } {
  let node: FakeMediaNode;
  beforeEach(async () => {
    node = await FakeMediaNode.start(MEDIA_GRPC_SECRET, version);
  });
  const running = useSignaling(prepare, () => ({ MEDIA_ADDRESSES: node.address }));
  afterEach(() => node.stop());
  return {
    get signaling() {
      return running.signaling;
    },
    get code() {
      return running.code;
    },
    get node() {
      return node;
    },
  };
}

/** The same with two instances that share Redis and a database. */
export function useTwoInstances(
  prepare: (running: RunningTwice) => Promise<void>,
  env: Env = {},
): RunningTwice {
  let backend: TestBackend;
  let redis: TestRedis;
  let instances: readonly [TestSignaling, TestSignaling];
  let code: RoomCode;
  const running: RunningTwice = {
    get backend() {
      return backend;
    },
    get one() {
      return instances[0];
    },
    get two() {
      return instances[1];
    },
    get redisUrl() {
      return redis.url;
    },
    get code() {
      return code;
    },
  };
  beforeAll(async () => {
    [backend, redis] = await Promise.all([TestBackend.start(), startRedis()]);
  }, 180_000);
  afterAll(() => Promise.all([backend.stop(), redis.stop()]));
  beforeEach(async () => {
    const DATABASE_URL = await backend.postgres.createDatabase(`twice${databases++}`);
    const shared = { DATABASE_URL, REDIS_URL: redis.url, ...env };
    instances = [await backend.signaling(shared), await backend.signaling(shared)];
    code = await instances[0].createRoom();
    await prepare(running);
  });
  afterEach(async () => {
    const malformed = instances.flatMap((instance) => instance.malformed);
    await Promise.all(instances.map((instance) => instance.stop()));
    expect(malformed).toEqual([]);
  });
  return running;
}
