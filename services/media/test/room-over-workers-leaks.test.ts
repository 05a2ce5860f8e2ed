import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { opusParameters, simulcastParameters, waitFor } from '@parley/common/testing';
import { ParleyError } from '@parley/proto/errors';
import { setLogEventListeners } from 'mediasoup';
import { TestNode, type TestPeer } from './support/test-node.ts';

const ROOM = 'wide';
const WORKERS = 3;
const PEOPLE = 12;
/** A killed worker, what was on its way to it, and statistics that are read in the moment between the end of a stream and the report of it. */
const EXPECTED_ERRORS = /died unexpectedly|ECONNRESET|EPIPE|consumer\.getStats|producer\.getStats/;

let testNode: TestNode;
const workerErrors: string[] = [];

beforeEach(async () => {
  workerErrors.length = 0;
  setLogEventListeners({
    onerror: (_namespace, text) => {
      if (!EXPECTED_ERRORS.test(text)) workerErrors.push(text);
    },
  });
  testNode = await TestNode.create({
    workers: WORKERS,
    // Each worker is past the threshold with its first consumer, so the least loaded one is next.
    limits: { cpu: 1_000, consumers: 10_000, spread: 0.0001 },
    room: { pipes: { lingerMs: 60, idleMs: 20 } },
  });
});

afterEach(async () => {
  setLogEventListeners(undefined);
  await testNode.close();
});

type Person = { peer: TestPeer; producerIds: string[] };

async function join(index: number): Promise<Person> {
  const peer = testNode.peer(ROOM, `peer-${index}`);
  await peer.open();
  return { peer, producerIds: [] };
}

async function send(person: Person): Promise<void> {
  person.producerIds = await Promise.all([
    person.peer.produce('microphone', opusParameters('0')),
    person.peer.produce('camera', simulcastParameters('1')),
  ]);
}

/** Consumes and resumes what the others send. What was closed meanwhile is refused with its code. */
async function receive({ peer }: Person, from: readonly Person[]): Promise<void> {
  const ids = from.filter((other) => other.peer !== peer).flatMap(({ producerIds }) => producerIds);
  if (ids.length === 0) return;
  const items = ids.map((producerId) => ({ producerId }));
  const { results } = await testNode.client.call('consume', { ...peer.of, items });
  const made = results.flatMap(({ consumer }) => consumer?.consumerId ?? []);
  for (const { failure } of results)
    if (failure) expect(failure.code).toMatch(/^(producer_not_found|media_unavailable|closed)$/);
  if (made.length > 0) await peer.resume(...made);
}

/** Nothing is left in the workers that run, and in what is counted. */
async function expectNothingLeft(): Promise<void> {
  expect([testNode.node.roomCount, testNode.node.peerCount]).toEqual([0, 0]);
  for (const worker of testNode.pool.workers) {
    const dump = await worker.dump();
    expect(dump.routerIds).toEqual([]);
    // The one object that the worker still has is its WebRtcServer.
    expect(dump.channelMessageHandlers.channelRequestHandlers).toHaveLength(1);
    await waitFor(() => worker.census.consumers === 0);
    expect(worker.census).toMatchObject({ routers: 0, transports: 0, producers: 0, consumers: 0, pipes: 0 });
    expect(testNode.capacity.of(worker).load).toMatchObject({ peers: 0, consumers: 0 });
  }
  expect(await testNode.metric('parley_media_room_routers')).toBe(0);
  for (const kind of ['audio', 'video']) {
    for (const gauge of ['pipes', 'consumers', 'producers'])
      expect([gauge, await testNode.metric(`parley_media_${gauge}{kind="${kind}"`)]).toEqual([gauge, 0]);
  }
  expect(workerErrors).toEqual([]);
}

async function fill(): Promise<Person[]> {
  const people: Person[] = [];
  for (let index = 0; index < PEOPLE; index++) {
    const person = await join(index);
    people.push(person);
    await send(person);
    await receive(person, people);
  }
  await Promise.all(people.map((person) => receive(person, people)));
  return people;
}

test('a room on three workers leaves nothing behind when its people leave, one by one or all at once', async () => {
  for (const together of [true, false]) {
    const people = await fill();
    const room = testNode.node.room(ROOM as never);
    expect(room.workers).toHaveLength(WORKERS);
    expect(room.pipeCount).toBe(PEOPLE * 2 * (WORKERS - 1));
    const peers = testNode.pool.workers.map((worker) => testNode.capacity.of(worker).load.peers);
    expect(Math.max(...peers) - Math.min(...peers)).toBeLessThanOrEqual(2);
    if (together) await Promise.all(people.map(({ peer }) => peer.close()));
    else for (const { peer } of people) await peer.close();
    await expectNothingLeft();
  }
});

test('a room on three workers that is closed under its people leaves nothing behind', async () => {
  await fill();
  testNode.node.room(ROOM as never).close('unwatched');
  await expectNothingLeft();
});

test('people who come, leave and mute while others begin to receive them leave nothing behind', async () => {
  const people = await fill();
  for (let round = 0; round < 6; round++) {
    const [leaving, muting] = [people[round]!, people[round + 6]!];
    const outcomes = await Promise.allSettled([
      ...people.filter((one) => one !== leaving).map((one) => receive(one, people)),
      leaving.peer.close(),
      ...muting.producerIds.map((producerId) =>
        testNode.client.call('closeProducer', { ...muting.peer.of, producerId }),
      ),
    ]);
    muting.producerIds = [];
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(ParleyError);
    people[round] = await join(round);
    await Promise.all([send(people[round]!), send(muting)]);
    await Promise.all(people.map((one) => receive(one, people)));
  }
  await Promise.all(people.map(({ peer }) => peer.close()));
  await expectNothingLeft();
});

test('a room whose workers are killed while people begin to receive goes on, and leaves nothing behind', async () => {
  const watch = testNode.watch(ROOM);
  const people = await fill();
  const { workers } = testNode.node.room(ROOM as never);
  const dying = workers[1]!;
  const lost = people.filter(
    ({ peer }) => testNode.node.room(ROOM as never).peer(peer.of.peerId as never).router.worker === dying,
  );
  const microphones = people.map(({ producerIds }) => producerIds[0]!);
  for (const person of people) {
    await testNode.client.call('closeProducer', { ...person.peer.of, producerId: microphones.shift()! });
    person.producerIds = [await person.peer.produce('microphone', opusParameters('2'))];
  }
  const receiving = Promise.allSettled(people.map((one) => receive(one, people)));
  process.kill(dying.pid, 'SIGKILL');
  await receiving;

  for (const { peer } of lost) await watch.first('peerClosed', (event) => event.peerId === peer.of.peerId);
  expect(watch.all('peerClosed')).toHaveLength(lost.length);
  for (const person of lost) {
    await person.peer.open();
    await send(person);
  }
  await Promise.all(people.map((one) => receive(one, people)));
  await Promise.all(people.map(({ peer }) => peer.close()));
  await waitFor(() => testNode.pool.workers.length === WORKERS);
  await expectNothingLeft();
  watch.close();
});
