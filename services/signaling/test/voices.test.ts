import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { waitFor } from '@parley/common/testing';
import type { ProducerId, RoomCode } from '@parley/proto/ids';
import { MediaProcess } from './support/media-process.ts';
import { microphone, RTP_CAPABILITIES } from './support/rtp.ts';
import { withFakeNode } from './support/running-signaling.ts';
import type { TestClient } from './support/test-client.ts';
import { MEDIA_GRPC_SECRET, TestBackend, type TestSignaling } from './support/test-signaling.ts';

describe('the voices that a room forwards', () => {
  let ann: TestClient;

  const on = withFakeNode(async ({ signaling, code }) => {
    ann = await signaling.joinAs('host', code, 'Ann');
  });

  test('reach everybody when they change, and to who comes later', async () => {
    const producerIds = [crypto.randomUUID(), crypto.randomUUID()];
    on.node.report({ voicesChanged: { limited: false, producerIds: [] } });
    on.node.report({ voicesChanged: { limited: true, producerIds } });
    on.node.report({ voicesChanged: { limited: true, producerIds } });
    on.node.report({ speakersChanged: { speakers: [] } });
    await ann.notified('speakers:changed');
    expect(ann.notifications('voices:changed')).toEqual([{ producerIds }]);
    const late = await on.signaling.join(on.code, 'Late');
    expect(await late.notified('voices:changed')).toEqual({ producerIds });

    on.node.report({ voicesChanged: { limited: false, producerIds: [] } });
    for (const client of [ann, late])
      await client.notified('voices:changed', ({ producerIds: ids }) => ids === null);
  });

  test('include those of people with a raised hand: the node learns of each change, also a host’s, and again with new media', async () => {
    const learned = () =>
      on.node.hands.map(({ peerId, raised }) => [peerId === ann.peerId ? 'ann' : 'bob', raised]);
    const bob = await on.signaling.join(on.code, 'Bob');
    await bob.request('peer:set-hand', { raised: true });
    await bob.request('peer:set-hand', { raised: true });
    await waitFor(() => learned().length > 0);
    expect(learned()).toEqual([['bob', true]]);

    await bob.request('media:reopen', { rtpCapabilities: RTP_CAPABILITIES });
    await waitFor(() => learned().length > 1);
    expect(learned()).toEqual([
      ['bob', true],
      ['bob', true],
    ]);

    await ann.request('peer:lower-hand', { peerId: bob.peerId });
    await waitFor(() => learned().length > 2);
    expect(learned().at(-1)).toEqual(['bob', false]);
  });

  test('include those of people whose hand the node did not learn of: it learns of it with the next change, and from the session that takes over', async () => {
    const bob = await on.signaling.join(on.code, 'Bob');
    on.node.refuseNextHand = true;
    await bob.request('peer:set-hand', { raised: true });
    await waitFor(() => !on.node.refuseNextHand);
    await waitFor(async () => {
      await bob.request('peer:set-profile', { displayName: 'Robert' });
      return on.node.hands.length > 0;
    });
    expect(on.node.hands).toEqual([{ peerId: bob.peerId, raised: true }]);

    bob.cut();
    const again = await on.signaling.reconnect(bob);
    expect((await again.resume()).mediaKept).toBe(true);
    await waitFor(() => on.node.hands.length > 1);
    expect(on.node.hands.at(-1)).toEqual({ peerId: bob.peerId, raised: true });
  });
});

describe('a room with more open microphones than the node forwards', () => {
  let backend: TestBackend;
  let signaling: TestSignaling;

  beforeAll(async () => {
    backend = await TestBackend.start({ AUDIO_VOICES: '3' });
  }, 180_000);
  afterAll(() => backend.stop());
  beforeEach(async () => {
    signaling = await backend.signaling();
  });
  afterEach(async () => {
    const { malformed } = signaling;
    await signaling.stop();
    expect(malformed).toEqual([]);
  });

  test('names those who unmuted last, and their sound is received with one request', async () => {
    const code = await signaling.createRoom();
    const listener = await signaling.join(code, 'Listener');
    const people: TestClient[] = [];
    const producerIds: ProducerId[] = [];
    for (const name of ['Ann', 'Bob', 'Carl', 'Dora', 'Emil']) {
      const person = await signaling.join(code, name);
      const paused = name === 'Ann';
      people.push(person);
      producerIds.push((await person.request('producer:create', { ...microphone(), paused })).producerId);
    }
    const [ann] = people as [TestClient, ...TestClient[]];
    const [ofAnn, ...others] = producerIds as [ProducerId, ...ProducerId[]];
    const named = ({ producerIds: ids }: { producerIds: readonly ProducerId[] | null }) => ids?.toSorted();
    expect(named(await listener.notified('voices:changed'))).toEqual(others.slice(1).toSorted());

    await ann.request('producer:resume', { producerId: ofAnn });
    const now = await listener.notified(
      'voices:changed',
      (voices) => named(voices)?.includes(ofAnn) === true,
    );
    expect(named(now)).toEqual([ofAnn, ...others.slice(2)].toSorted());
    const { results } = await listener.request('consumer:create', {
      producers: [{ producerId: ofAnn, resumed: true }, { producerId: others[0]! }],
    });
    expect(results).toMatchObject([
      { status: 'created', consumer: { producerId: ofAnn, paused: false } },
      { status: 'created', consumer: { paused: true } },
    ]);

    // When one leaves, nobody is held back any more.
    for (const person of people.slice(0, 2)) await person.request('room:leave', {});
    await listener.notified('voices:changed', (voices) => voices.producerIds === null);
  });

  /** A person who listens to more open microphones than the node forwards. */
  async function crowd(of: TestSignaling): Promise<{ code: RoomCode; listener: TestClient }> {
    const code = await of.createRoom();
    const listener = await of.join(code, 'Listener');
    for (const name of ['Ann', 'Bob', 'Carl', 'Dora']) {
      const person = await of.join(code, name);
      await person.request('producer:create', microphone());
    }
    await listener.notified('voices:changed', ({ producerIds }) => producerIds !== null);
    return { code, listener };
  }

  /** Their new microphones are in no list of the room before. */
  async function knowsNoList(listener: TestClient, late: TestClient): Promise<void> {
    await listener.notified('voices:changed', ({ producerIds }) => producerIds === null);
    await late.settled();
    expect(late.notifications('voices:changed').filter(({ producerIds }) => producerIds !== null)).toEqual(
      [],
    );
  }

  test('takes the list back when its worker dies', async () => {
    const { code, listener } = await crowd(signaling);
    await backend.media.killWorker();
    await listener.notified('media:reset');
    await listener.reopen();
    await knowsNoList(listener, await signaling.join(code, 'Late'));
  });

  test('takes the list back when it moves to another node', async () => {
    const options = { secret: MEDIA_GRPC_SECRET, env: { AUDIO_VOICES: '3', DRAIN_TIMEOUT_S: '20' } };
    const nodes = await Promise.all([MediaProcess.start(options), MediaProcess.start(options)]);
    const [first, second] = nodes;
    const wide = await backend.signaling({ MEDIA_ADDRESSES: `${first.address},${second.address}` });
    const { code, listener } = await crowd(wide);
    const home = (await first.counts()).peers > 0 ? first : second;
    const stopped = home.terminate();
    expect(await listener.notified('media:reset')).toEqual({ reason: 'room-moved' });
    await listener.reopen();
    await knowsNoList(listener, await wide.join(code, 'Late'));
    expect(wide.malformed).toEqual([]);
    await wide.stop();
    await stopped;
    await Promise.all(nodes.map((node) => node.stop()));
  });
});
