import { afterEach, expect, test } from '@jest/globals';
import { opusParameters, simulcastParameters, TcpRelay, waitFor } from '@parley/common/testing';
import { ParleyError } from '@parley/proto/errors';
import type { TestNode, TestPeer } from './support/test-node.ts';
import { linksOf, ROOM, TwoNodes } from './support/two-nodes.ts';

const PEOPLE_EACH = 5;
/** What a request finds that came too late. */
const TOO_LATE = /^(producer_not_found|media_unavailable|closed|at_capacity)$/;

let nodes: TwoNodes;
/** Between the nodes, in each direction. */
let relays: TcpRelay[];

afterEach(async () => {
  for (const relay of relays) relay.close();
  await nodes.close();
});

async function begin(workers: number): Promise<void> {
  nodes = await TwoNodes.create({
    workers,
    // Each worker is past the threshold with its first consumer, so the least loaded one is next.
    limits: { cpu: 1_000, consumers: 10_000, spread: 0.0001 },
    room: { pipes: { lingerMs: 60, idleMs: 20 } },
  });
  relays = await Promise.all([nodes.home, nodes.away].map(({ address }) => TcpRelay.create(address)));
}

type Person = { peer: TestPeer; node: TestNode; home: string; producerIds: string[] };

async function join(index: number): Promise<Person> {
  const isAway = index % 2 === 1;
  const node = isAway ? nodes.away : nodes.home;
  const person: Person = {
    peer: node.peer(ROOM, `peer-${index}`),
    node,
    home: relays[isAway ? 1 : 0]!.address,
    producerIds: [],
  };
  await person.peer.open();
  return person;
}

async function send(person: Person): Promise<void> {
  person.producerIds = await Promise.all([
    person.peer.produce('microphone', opusParameters('0')),
    person.peer.produce('camera', simulcastParameters('1')),
  ]);
}

/** Consumes and resumes what the others send. What was closed meanwhile is refused with its code. */
async function receive({ peer, node }: Person, from: readonly Person[]): Promise<number> {
  const items = from
    .filter((other) => other.peer !== peer)
    .flatMap((other) =>
      other.producerIds.map((producerId) => ({
        producerId,
        home: other.node === node ? '' : other.home,
      })),
    );
  if (items.length === 0) return 0;
  const { results } = await node.client.call('consume', { ...peer.of, items });
  const made = results.flatMap(({ consumer }) => consumer?.consumerId ?? []);
  for (const { failure } of results) if (failure) expect(failure.code).toMatch(TOO_LATE);
  if (made.length > 0) await peer.resume(...made);
  return made.length;
}

async function fill(): Promise<Person[]> {
  const people: Person[] = [];
  for (let index = 0; index < 2 * PEOPLE_EACH; index++) {
    const person = await join(index);
    people.push(person);
    await send(person);
    await receive(person, people);
  }
  for (const made of await Promise.all(people.map((person) => receive(person, people))))
    expect(made).toBe(2 * (people.length - 1));
  return people;
}

/** What fails of requests that cross each other fails with a code of ours. */
async function settle(requests: readonly Promise<unknown>[]): Promise<void> {
  for (const outcome of await Promise.allSettled(requests))
    if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(ParleyError);
}

test('a room on two workers of each of two nodes leaves nothing behind when its people leave', async () => {
  await begin(2);
  for (const together of [true, false]) {
    const people = await fill();
    for (const node of [nodes.home, nodes.away]) {
      const own = 2 * PEOPLE_EACH;
      // What is sent here is on the other worker, and what is sent there on both.
      expect(linksOf(node)).toEqual({ foreign: own, atHome: 4, pipes: own + 2 * own });
    }
    if (together) await Promise.all(people.map(({ peer }) => peer.close()));
    else for (const { peer } of people) await peer.close();
    await nodes.expectNothingLeft();
  }
});

test('rooms that are closed under their people leave nothing behind', async () => {
  await begin(1);
  await fill();
  nodes.home.node.room(ROOM as never).close('unwatched');
  await waitFor(() => linksOf(nodes.away).foreign === 0 && linksOf(nodes.away).atHome === 0);
  nodes.away.node.room(ROOM as never).close('unwatched');
  await nodes.expectNothingLeft();
});

test('people who come, leave and mute while links break and others begin to receive leave nothing behind', async () => {
  await begin(2);
  const people = await fill();
  for (let round = 0; round < 8; round++) {
    const [leaving, muting] = [people[round % 4]!, people[4 + (round % 6)]!];
    await settle([
      ...people.filter((one) => one !== leaving).map((one) => receive(one, people)),
      leaving.peer.close(),
      ...muting.producerIds.map((producerId) =>
        muting.node.client.call('closeProducer', { ...muting.peer.of, producerId }),
      ),
      // Some links are just made, others carry.
      new Promise<void>((resolve) =>
        setTimeout(() => {
          if (round % 2 === 0) relays[round % 4 === 0 ? 0 : 1]!.cut();
          resolve();
        }, round * 4),
      ),
    ]);
    people[round % 4] = await join(round % 4);
    await Promise.all([send(people[round % 4]!), send(muting)]);
    await settle(people.map((one) => receive(one, people)));
  }
  // After all that, everybody receives everybody.
  await waitFor(async () => {
    const made = await Promise.all(people.map((one) => receive(one, people)));
    return made.every((count) => count === 2 * (people.length - 1));
  });
  await Promise.all(people.map(({ peer }) => peer.close()));
  await nodes.expectNothingLeft();
});
