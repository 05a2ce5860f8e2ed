import { afterEach, expect, test } from '@jest/globals';
import { opusParameters, vp8Parameters, waitFor } from '@parley/common/testing';
import { TestNode } from './support/test-node.ts';

let testNode: TestNode;

afterEach(() => testNode.close());

function pidOf(index: number): number {
  const worker = testNode.pool.workers.find((candidate) => candidate.index === index);
  if (!worker) throw new Error('no such worker');
  return worker.pid;
}

test('the peers of a killed worker are reported as closed and can be opened again at once', async () => {
  testNode = await TestNode.create({ workers: 1 });
  const watch = testNode.watch('room');
  const [alice, bob] = [testNode.peer('room', 'alice'), testNode.peer('room', 'bob')];
  await Promise.all([alice.open(), bob.open()]);
  await bob.consume(await alice.produce('camera', vp8Parameters()));

  process.kill(pidOf(0), 'SIGKILL');

  expect(await watch.first('peerClosed', (event) => event.peerId === 'alice')).toMatchObject({
    reason: 'PEER_CLOSE_REASON_WORKER_DIED',
  });
  expect(await watch.first('peerClosed', (event) => event.peerId === 'bob')).toMatchObject({
    reason: 'PEER_CLOSE_REASON_WORKER_DIED',
  });
  await Promise.all([alice.open(), bob.open()]);
  expect(await bob.consume(await alice.produce('camera', vp8Parameters()))).toMatchObject({
    producerPeerId: 'alice',
  });
  expect(await testNode.metric('parley_media_worker_deaths_total{cause="exited"')).toBe(1);
});

test('a room that dies with its only worker takes back which voices it forwards, and one that is opened anew forwards all', async () => {
  testNode = await TestNode.create({ workers: 1, room: { voices: 3 } });
  const watch = testNode.watch('room');
  const alice = testNode.peer('room', 'alice');
  const people = ['bob', 'carol', 'dora'].map((name) => testNode.peer('room', name));
  for (const person of [alice, ...people]) {
    await person.open();
    await person.produce('microphone', opusParameters());
  }
  await watch.first('voicesChanged', ({ limited }) => limited);

  process.kill(pidOf(0), 'SIGKILL');

  await watch.first('peerClosed', ({ peerId }) => peerId === 'alice');
  await alice.open();
  await alice.produce('microphone', opusParameters());
  expect(watch.all('voicesChanged').at(-1)).toEqual({ limited: false, producerIds: [] });
  expect(await testNode.metric('parley_media_voices{state="held_back"')).toBe(0);
});

test('the rooms of other workers are not disturbed', async () => {
  testNode = await TestNode.create({ workers: 2 });
  const watch = testNode.watch('second');
  const first = testNode.peer('first', 'alice');
  const second = testNode.peer('second', 'bob');
  await first.open();
  await second.open();
  const producerId = await second.produce('microphone', opusParameters());
  const dying = testNode.node.workersOf('first' as never)[0]!;
  expect(testNode.node.workersOf('second' as never)[0]).not.toBe(dying);

  process.kill(dying.pid, 'SIGKILL');

  await waitFor(() => testNode.node.roomCount === 1);
  await second.client.call('setProducerPaused', { ...second.of, producerId, paused: true });
  expect(watch.all('peerClosed')).toEqual([]);
});

test('a call that a dying worker never answers fails as unavailable', async () => {
  testNode = await TestNode.create({ workers: 1 });
  const alice = testNode.peer('room', 'alice');
  await alice.open();
  process.kill(pidOf(0), 'SIGSTOP');
  const producing = alice.produce('microphone', opusParameters());
  await expect(producing).rejects.toMatchObject({ code: 'media_unavailable' });
});

test('a frozen worker gets no new rooms, and its peers are reported as closed when it is killed', async () => {
  testNode = await TestNode.create({ workers: 2 });
  const watch = testNode.watch('frozen');
  await testNode.peer('frozen', 'alice').open();
  const worker = testNode.node.workersOf('frozen' as never)[0]!;
  process.kill(worker.pid, 'SIGSTOP');
  await waitFor(() => !worker.healthy);

  const { accepting, workers } = await testNode.client.call('getStatus', {});
  expect(accepting).toBe(true);
  expect(workers.map((status) => status.healthy)).toEqual(workers.map((status) => status.pid !== worker.pid));
  await testNode.peer('elsewhere', 'bob').open();
  expect(testNode.node.workersOf('elsewhere' as never)[0]).not.toBe(worker);

  expect(await watch.first('peerClosed')).toEqual({
    peerId: 'alice',
    reason: 'PEER_CLOSE_REASON_WORKER_DIED',
  });
  await waitFor(() => testNode.pool.workers.length === 2);
});

test('a node without a healthy worker does not accept rooms, and a join waits for the next worker', async () => {
  testNode = await TestNode.create({ workers: 1 });
  const stopped = testNode.pool.workers[0]!;
  process.kill(stopped.pid, 'SIGSTOP');
  await waitFor(() => !testNode.node.healthy);
  expect((await testNode.client.call('getStatus', {})).accepting).toBe(false);
  // A join in this gap waits for the next worker.
  await testNode.peer('room', 'alice').open();
  expect(testNode.node.workersOf('room' as never)[0]).not.toBe(stopped);
});

test('a room that kills its worker again and again is kept closed, and the other rooms go on', async () => {
  testNode = await TestNode.create({ workers: 2 });
  const watch = testNode.watch('quiet');
  const [quiet, bad] = [testNode.peer('quiet', 'alice'), testNode.peer('bad', 'mallory')];
  await bad.open();
  await quiet.open();
  const quietWorker = testNode.node.workersOf('quiet' as never)[0];

  let deaths = 0;
  const killUntilRefused = async (): Promise<void> => {
    for (;;) {
      const { pid } = testNode.node.workersOf('bad' as never)[0]!;
      process.kill(pid, 'SIGKILL');
      deaths += 1;
      await waitFor(() => testNode.node.workersOf('bad' as never)[0] === undefined);
      await waitFor(() => testNode.pool.workers.length === 2, { timeoutMs: 10_000 });
      await bad.open();
    }
  };
  await expect(killUntilRefused()).rejects.toMatchObject({ code: 'room_quarantined' });

  expect(deaths).toBe(3);
  expect(testNode.node.workersOf('quiet' as never)[0]).toBe(quietWorker);
  expect(watch.all('peerClosed')).toEqual([]);
  expect(await testNode.metric('parley_media_rooms_quarantined_total')).toBe(1);
  await testNode.peer('new', 'bob').open();
});
