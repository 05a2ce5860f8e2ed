import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { freePorts, waitFor } from '@parley/common/testing';
import { camera, microphone } from './support/rtp.ts';
import { TestBackend, type TestSignaling } from './support/test-signaling.ts';

let backend: TestBackend;
let signaling: TestSignaling;

beforeAll(async () => {
  backend = await TestBackend.start({
    MEDIA_WORKERS: '2',
    MEDIA_RTC_PORT_BASE: String(await freePorts(2)),
    // A room goes to the second worker as soon as the first one has a consumer.
    MEDIA_MAX_CONSUMERS_PER_WORKER: '4',
    MEDIA_ROOM_SPREAD_PERCENT: '25',
  });
  signaling = await backend.signaling();
}, 180_000);

afterAll(async () => {
  await signaling.stop();
  await backend.stop();
});

test('the death of one worker of a room resets the media of its own peers, and the others lose only those', async () => {
  const code = await signaling.createRoom();
  const [ada, bob] = [await signaling.join(code, 'Ada'), await signaling.join(code, 'Bob')];
  const { producerId: ofAda } = await ada.request('producer:create', camera());
  const consume = (client: typeof ada, producerId: typeof ofAda) =>
    client.request('consumer:create', { producers: [{ producerId }] });
  await consume(bob, ofAda);
  const carol = await signaling.join(code, 'Carol');
  const { producerId: ofCarol } = await carol.request('producer:create', microphone());
  expect(await consume(carol, ofAda)).toMatchObject({ results: [{ status: 'created' }] });
  expect(await consume(ada, ofCarol)).toMatchObject({ results: [{ status: 'created' }] });
  const { workers } = await backend.media.status();
  const ofCarolAlone = workers.find(({ transports }) => transports === 2);
  expect(workers.reduce((sum, { transports }) => sum + transports, 0)).toBe(6);

  await backend.media.killWorker(ofCarolAlone?.index ?? -1);

  expect(await carol.notified('media:reset')).toEqual({ reason: 'worker-died' });
  expect(await ada.notified('consumer:closed')).toMatchObject({ producerId: ofCarol });
  const recordOfCarol = () =>
    ada.notifications('peer:updated').findLast(({ peer }) => peer.peerId === carol.peerId)?.peer;
  await waitFor(() => recordOfCarol()?.producers.length === 0);
  await carol.reopen();
  const { producerId: again } = await carol.request('producer:create', microphone());
  await waitFor(() => recordOfCarol()?.producers[0]?.producerId === again);
  expect(await consume(ada, again)).toMatchObject({ results: [{ status: 'created' }] });
  expect(await consume(carol, ofAda)).toMatchObject({ results: [{ status: 'created' }] });
  for (const client of [ada, bob]) expect(client.notifications('media:reset')).toEqual([]);
  expect(bob.notifications('consumer:closed')).toEqual([]);
  expect(bob.notifications('peer:left')).toEqual([]);
});
