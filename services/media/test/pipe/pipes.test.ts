import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { ParleyError } from '@parley/proto/errors';
import type { ProducerId } from '@parley/proto/ids';
import type { MediaKind } from '@parley/proto/rtp';
import type { PipeLink } from '../../src/pipe/pipe-links.ts';
import { Pipes, type PipeHome } from '../../src/pipe/pipes.ts';
import type { ConsumerSupply } from '../../src/router/peer-consumer.ts';
import type { PipeEndCause } from '../../src/router/sent-producer.ts';

const TIMES = { lingerMs: 10_000, idleMs: 1_000 };

/** What a worker would hold, and how long each of its answers takes. */
class Network {
  readonly links = new Set<TestLink>();
  readonly carried = new Set<Carried>();
  readonly closed: { producerId: string; cause: PipeEndCause }[] = [];
  readonly closedProducers = new Set<string>();
  delay: () => number = () => 0;
  full = false;

  answer(): Promise<void> {
    const turns = this.delay();
    return turns === 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, turns));
  }
}

type Carried = { producerId: string; from: string; to: string; running: boolean };

class TestLink extends EventEmitter<{ ended: []; dropped: [ProducerId] }> implements PipeLink {
  readonly ends: readonly { readonly id: string }[];
  readonly network: Network;
  closed = false;
  broken = false;

  get ended(): boolean {
    return this.broken;
  }

  constructor(network: Network, ends: readonly { readonly id: string }[]) {
    super();
    this.network = network;
    this.ends = ends;
    network.links.add(this);
  }

  async carry(producerId: ProducerId, from: string) {
    const { network } = this;
    await network.answer();
    if (this.closed || this.broken) throw new ParleyError('media_unavailable');
    if (network.closedProducers.has(producerId)) throw new ParleyError('producer_not_found');
    const to = this.ends.find(({ id }) => id !== from)?.id ?? '';
    const carried: Carried = { producerId, from, to, running: true };
    // A worker refuses a second producer with the same id.
    if ([...network.carried].some((one) => one.producerId === producerId && one.to === to))
      throw new Error(`${producerId} is piped twice`);
    network.carried.add(carried);
    return {
      setRunning: (running: boolean) => (carried.running = running),
      close: (cause: PipeEndCause) => {
        if (network.carried.delete(carried)) network.closed.push({ producerId, cause });
      },
    };
  }

  close(): void {
    this.closed = true;
    this.network.links.delete(this);
    for (const carried of this.carried) this.network.carried.delete(carried);
  }

  /** The other node, or the network to it, is gone. */
  break(): void {
    this.broken = true;
    this.emit('ended');
  }

  /** The other node has closed a producer. What is on its way is refused. */
  drop(producerId: ProducerId): void {
    if (this.carried.some((one) => one.producerId === producerId)) this.emit('dropped', producerId);
  }

  get carried(): Carried[] {
    return [...this.network.carried].filter((one) =>
      this.ends.every(({ id }) => id === one.from || id === one.to),
    );
  }
}

class TestRouter implements PipeHome<TestRouter> {
  readonly id: string;
  readonly network: Network;
  dead = false;

  constructor(network: Network, id: string) {
    this.network = network;
    this.id = id;
  }

  async linkTo(other: TestRouter): Promise<PipeLink> {
    await this.network.answer();
    if (this.dead || other.dead) throw new ParleyError('media_unavailable');
    return new TestLink(this.network, [this, other]);
  }

  async makeConsumer<T>(_kind: MediaKind, make: () => Promise<T>): Promise<T> {
    if (this.network.full) throw new ParleyError('at_capacity');
    return make();
  }
}

/** A router of another node. It is never a target. */
class ForeignTestRouter implements PipeHome<TestRouter> {
  readonly id: string;
  readonly network: Network;

  constructor(network: Network, id: string) {
    this.network = network;
    this.id = id;
  }

  async linkTo(target: TestRouter): Promise<PipeLink> {
    await this.network.answer();
    await this.network.answer();
    if (target.dead) throw new ParleyError('media_unavailable');
    return new TestLink(this.network, [this, target]);
  }

  makeConsumer<T>(_kind: MediaKind, make: () => Promise<T>): Promise<T> {
    return make();
  }
}

const A = 'a' as ProducerId;
const B = 'b' as ProducerId;
const stream = (producerId: ProducerId) => ({ producerId, kind: 'video' as const });
let network: Network;
let pipes: Pipes<TestRouter>;
let home: TestRouter;
let away: TestRouter;

beforeEach(() => {
  jest.useFakeTimers();
  network = new Network();
  pipes = new Pipes(TIMES);
  [home, away] = [new TestRouter(network, 'home'), new TestRouter(network, 'away')];
});

afterEach(() => {
  pipes.close();
  expect([network.links.size, network.carried.size, jest.getTimerCount()]).toEqual([0, 0, 0]);
  jest.useRealTimers();
});

const carried = (): Carried[] => [...network.carried];

test('consumers that begin at once share one pipe, and two producers share one link', async () => {
  await Promise.all([
    pipes.reach(stream(A), home, away),
    pipes.reach(stream(A), home, away),
    pipes.reach(stream(B), home, away),
  ]);
  expect(carried().map(({ producerId }) => producerId)).toEqual(['a', 'b']);
  expect([pipes.size, pipes.linkCount]).toEqual([2, 1]);
});

test('a pipe ends so long after its last consumer, and its link with the last pipe', async () => {
  const [one, two] = [await pipes.reach(stream(A), home, away), await pipes.reach(stream(A), home, away)];
  one.release();
  one.release();
  await jest.advanceTimersByTimeAsync(TIMES.lingerMs);
  expect(pipes.size).toBe(1);
  two.release();
  await jest.advanceTimersByTimeAsync(TIMES.lingerMs - 1);
  expect(pipes.size).toBe(1);
  const back = await pipes.reach(stream(A), home, away);
  await jest.advanceTimersByTimeAsync(TIMES.lingerMs);
  back.release();
  await jest.advanceTimersByTimeAsync(TIMES.lingerMs);
  expect([pipes.size, pipes.linkCount]).toEqual([0, 0]);
  expect(network.closed).toEqual([{ producerId: 'a', cause: 'unused' }]);
});

test('a pipe forwards at once for a consumer that is not paused, and stops some time after the last pause', async () => {
  const [one, two] = [await pipes.reach(stream(A), home, away), await pipes.reach(stream(A), home, away)];
  await jest.advanceTimersByTimeAsync(TIMES.idleMs);
  expect(carried()[0]?.running).toBe(false);
  one.setPaused(false);
  two.setPaused(false);
  expect(carried()[0]?.running).toBe(true);
  one.setPaused(true);
  await jest.advanceTimersByTimeAsync(TIMES.idleMs);
  expect(carried()[0]?.running).toBe(true);
  two.release();
  await jest.advanceTimersByTimeAsync(TIMES.idleMs - 1);
  expect(carried()[0]?.running).toBe(true);
  await jest.advanceTimersByTimeAsync(1);
  expect(carried()[0]?.running).toBe(false);
});

test('a router without capacity refuses the pipe, which may be tried again', async () => {
  network.full = true;
  await expect(pipes.reach(stream(A), home, away)).rejects.toMatchObject({ code: 'at_capacity' });
  expect([pipes.size, pipes.linkCount]).toEqual([0, 0]);
  network.full = false;
  await pipes.reach(stream(A), home, away);
  expect(pipes.size).toBe(1);
});

test.each<[string, string, () => void]>([
  ['the producer closes', 'producer_not_found', () => pipes.producerClosed(A)],
  ['the router at home is closed', 'media_unavailable', () => pipes.routerClosed(home)],
  ['the other router is closed', 'media_unavailable', () => pipes.routerClosed(away)],
  ['all are closed', 'media_unavailable', () => pipes.close()],
])('a pipe that is being made when %s is refused, and nothing is left', async (_name, code, happen) => {
  for (const turns of [0, 1, 2]) {
    network.delay = () => 10;
    const reaching = pipes.reach(stream(A), home, away);
    const outcome = expect(reaching).rejects.toMatchObject({ code });
    await jest.advanceTimersByTimeAsync(turns * 7);
    happen();
    await jest.advanceTimersByTimeAsync(100);
    await outcome;
    expect([pipes.size, pipes.linkCount, network.carried.size]).toEqual([0, 0, 0]);
    if (pipes.closed) return;
  }
});

test('after close every command is refused or does nothing', async () => {
  const use = await pipes.reach(stream(A), home, away);
  pipes.close();
  pipes.close();
  use.setPaused(false);
  use.release();
  pipes.producerClosed(A);
  pipes.routerClosed(home);
  await expect(pipes.reach(stream(A), home, away)).rejects.toMatchObject({ code: 'closed' });
});

test('a foreign producer that closes at home, or whose link breaks, is lost on each router that it was on, and may come again', async () => {
  const far = new ForeignTestRouter(network, 'far');
  const lost: string[] = [];
  const uncarried: string[] = [];
  pipes.on('lost', (producerId, target) => lost.push(`${producerId} ${target.id}`));
  pipes.on('uncarried', (producerId) => uncarried.push(producerId));
  for (const target of [home, away]) await pipes.reach(stream(A), far, target);
  await pipes.reach(stream(B), far, away);
  expect([pipes.size, pipes.linkCount, pipes.carries(A)]).toEqual([3, 2, true]);

  const [toHome, toAway] = [...network.links] as [TestLink, TestLink];
  toHome.drop(A);
  expect([lost, uncarried, pipes.linkCount]).toEqual([['a home'], [], 1]);
  toAway.break();
  expect(lost).toEqual(['a home', 'a away', 'b away']);
  expect(uncarried).toEqual(['a', 'b']);
  expect([pipes.size, pipes.linkCount, network.carried.size]).toEqual([0, 0, 0]);

  await pipes.reach(stream(B), far, away);
  expect([pipes.size, pipes.linkCount]).toEqual([1, 1]);
});

test('a foreign producer that is closed costs its own pipes, and not those of all others', async () => {
  const far = new ForeignTestRouter(network, 'far');
  let reads = 0;
  Object.defineProperty(far, 'id', { get: () => ((reads += 1), 'far') });
  const others = Array.from({ length: 100 }, (_, index) => `other-${index}` as ProducerId);
  for (const id of [A, ...others]) await pipes.reach(stream(id), far, away);
  reads = 0;
  [...network.links][0]?.emit('dropped', A);
  expect(pipes.size).toBe(100);
  expect(reads).toBeLessThan(10);
});

test('a link that ended before anybody listened carries nothing', async () => {
  const far = new ForeignTestRouter(network, 'far');
  const linkTo = far.linkTo.bind(far);
  far.linkTo = async (target) => {
    const link = await linkTo(target);
    [...network.links].at(-1)?.break();
    // Nobody asks it for anything.
    return Object.assign(link, { carry: () => Promise.reject(new Error('asked')) });
  };
  await expect(pipes.reach(stream(A), far, away)).rejects.toMatchObject({ code: 'media_unavailable' });
  expect([pipes.size, pipes.linkCount, network.links.size]).toEqual([0, 0, 0]);
  far.linkTo = linkTo;
  await pipes.reach(stream(A), far, away);
  expect(pipes.size).toBe(1);
});

test('a link that breaks while it is used for the first time takes nothing from the one that comes after it', async () => {
  const far = new ForeignTestRouter(network, 'far');
  network.delay = () => 10;
  const first = expect(pipes.reach(stream(A), far, away)).rejects.toMatchObject({
    code: 'media_unavailable',
  });
  await jest.advanceTimersByTimeAsync(25);
  const [broken] = network.links;
  broken?.break();
  const second = pipes.reach(stream(A), far, away);
  await jest.advanceTimersByTimeAsync(100);
  await first;
  await second;
  expect([pipes.size, pipes.linkCount, network.links.size, network.carried.size]).toEqual([1, 1, 1, 1]);
});

/** A small generator of numbers from 0 to 1, the same for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

/** A room whose peers come, send, consume, leave and lose their workers at random, on this node and on others. */
class RandomRoom {
  readonly random: () => number;
  readonly routers: TestRouter[] = [];
  readonly foreign: ForeignTestRouter[] = [];
  readonly producers = new Map<ProducerId, TestRouter | ForeignTestRouter>();
  readonly uses = new Set<{ producerId: ProducerId; target: TestRouter; supply: ConsumerSupply }>();
  readonly reaching = new Set<Promise<void>>();
  #count = 0;

  constructor(seed: number) {
    this.random = randomOf(seed);
    // Those of the room before.
    pipes.removeAllListeners();
    pipes.on('lost', (producerId, target) =>
      this.#endUses((use) => use.producerId === producerId && use.target === target),
    );
  }

  step(): void {
    const steps = [
      () => this.addRouter(),
      () => this.produce(),
      () => this.produce(),
      () => this.consume(),
      () => this.consume(),
      () => this.consume(),
      () => this.release(),
      () => this.pause(),
      () => this.closeProducer(),
      () => this.killRouter(),
      () => this.produceElsewhere(),
      () => this.breakLink(),
    ];
    this.pick(steps)?.();
  }

  pick<T>(from: Iterable<T>): T | undefined {
    const all = [...from];
    return all[Math.floor(this.random() * all.length)];
  }

  addRouter(): void {
    if (this.routers.length < 4) this.routers.push(new TestRouter(network, `router-${this.#count++}`));
  }

  produce(): void {
    const router = this.pick(this.routers);
    if (router) this.producers.set(`producer-${this.#count++}` as ProducerId, router);
  }

  produceElsewhere(): void {
    if (this.foreign.length < 2)
      this.foreign.push(new ForeignTestRouter(network, `foreign-${this.#count++}`));
    const router = this.pick(this.foreign);
    if (router) this.producers.set(`producer-${this.#count++}` as ProducerId, router);
  }

  breakLink(): void {
    const link = this.pick(network.links);
    if (link && this.foreign.some(({ id }) => link.ends.some((end) => end.id === id))) link.break();
  }

  consume(): void {
    const [producerId, from] = this.pick(this.producers) ?? [];
    const target = this.pick(this.routers);
    if (!producerId || !from || !target || target === from) return;
    const reaching = pipes.reach(stream(producerId), from, target).then(
      (supply) => void this.uses.add({ producerId, target, supply }),
      (error: unknown) => {
        expect(error).toBeInstanceOf(ParleyError);
      },
    );
    this.reaching.add(reaching);
  }

  release(): void {
    const use = this.pick(this.uses);
    if (use && this.uses.delete(use)) use.supply.release();
  }

  pause(): void {
    this.pick(this.uses)?.supply.setPaused(this.random() < 0.5);
  }

  closeProducer(producerId = this.pick(this.producers.keys())): void {
    if (!producerId) return;
    const from = this.producers.get(producerId);
    this.producers.delete(producerId);
    network.closedProducers.add(producerId);
    if (from instanceof ForeignTestRouter) {
      for (const link of network.links) link.drop(producerId);
      return;
    }
    pipes.producerClosed(producerId);
    this.#endUses((use) => use.producerId === producerId);
  }

  killRouter(): void {
    const router = this.pick(this.routers);
    if (!router || this.random() < 0.7) return;
    router.dead = true;
    this.routers.splice(this.routers.indexOf(router), 1);
    pipes.routerClosed(router);
    this.#endUses(({ target }) => target === router);
    for (const [producerId, home] of this.producers) if (home === router) this.closeProducer(producerId);
  }

  /** Those that still hold something when they look. */
  check(): void {
    const pairs = carried().map(({ producerId, to }) => `${producerId} ${to}`);
    expect(new Set(pairs).size).toBe(pairs.length);
    for (const { producerId, target } of this.uses) expect(pairs).toContain(`${producerId} ${target.id}`);
    for (const { producerId, from, to } of carried()) {
      expect(this.producers.get(producerId as ProducerId)?.id).toBe(from);
      expect(this.routers.some(({ id }) => id === to)).toBe(true);
    }
    // Between four routers, and from two of other nodes to each of them.
    expect(network.links.size).toBeLessThanOrEqual((4 * 3) / 2 + 2 * 4);
  }

  #endUses(which: (use: { producerId: ProducerId; target: TestRouter }) => boolean): void {
    for (const use of this.uses) {
      if (!which(use)) continue;
      this.uses.delete(use);
      use.supply.release();
    }
  }
}

test('whatever happens in a room, no producer is piped twice, no consumer is without source, and nothing is left over', async () => {
  for (let seed = 1; seed <= 60; seed++) {
    const room = new RandomRoom(seed);
    network.delay = () => (room.random() < 0.4 ? 0 : Math.floor(room.random() * 30));
    for (let step = 0; step < 150; step++) {
      room.step();
      if (room.random() < 0.4) await jest.advanceTimersByTimeAsync(Math.floor(room.random() * 40));
      if (room.random() < 0.02) await jest.advanceTimersByTimeAsync(TIMES.lingerMs);
      room.check();
    }
    await jest.advanceTimersByTimeAsync(1_000);
    await Promise.all(room.reaching);
    room.check();
    for (const { supply } of room.uses) supply.release();
    room.uses.clear();
    await jest.advanceTimersByTimeAsync(TIMES.lingerMs);
    expect([pipes.size, pipes.linkCount, network.carried.size, network.links.size]).toEqual([0, 0, 0, 0]);
    expect(jest.getTimerCount()).toBe(0);
  }
});
