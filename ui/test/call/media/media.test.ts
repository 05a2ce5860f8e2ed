import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { CallFailure } from '../../../src/call/base/call-failure.ts';
import { LAYER_LINGER_MS } from '../../../src/call/send/sender-layers.ts';
import { MediaUnderTest, offeredTransports, person } from '../../support/media-under-test.ts';
import { consumerId, peer, picture, producer, producerId } from '../../support/records.ts';
import { makeTrack } from '../../support/tracks.ts';
import { deferred, settle, waitFor } from '../../support/wait-for.ts';

let made: MediaUnderTest;
let server: MediaUnderTest['server'];
let device: MediaUnderTest['device'];
let media: MediaUnderTest['media'];

beforeEach(() => {
  made = new MediaUnderTest();
  ({ server, device, media } = made);
});

afterEach(() => {
  media.close();
  expect(server.violations).toEqual([]);
});

const reopen = () => media.restoration.handle('media-gone');
const open = () => made.open();
const connect = () => made.connect();
const received = () => made.received();

describe('receiving', () => {
  test('asks for consumers before anything else, connects, and resumes them without waiting in between', async () => {
    server.peers = [person('ann')];
    media.consumption.setPictures([picture('ann')]);
    void media.open(offeredTransports(), []);
    await waitFor('the resume', () => server.names().includes('consumer:resume'));
    expect(server.names().slice(0, 3)).toEqual(['consumer:create', 'transport:connect', 'consumer:resume']);
    await settle();
    expect(received()).toEqual(['ann-cam', 'ann-mic']);
    expect(Array.from(media.consumption.streams).every((stream) => !stream.paused)).toBe(true);
  });

  test('does not wait for its own side to be set up before it asks for the packets', async () => {
    const asked = deferred<void>();
    const setUp = deferred<void>();
    server.peers = [person('ann')];
    server.gates.set('consumer:create', asked.promise);
    void media.open(offeredTransports(), []);
    await waitFor('the transports', () => media.transports !== null);
    const handler = media.transports!.receive.handler;
    const receive = handler.receive.bind(handler);
    handler.receive = async (options) => {
      const received = await receive(options);
      await setUp.promise;
      return received;
    };
    asked.resolve();
    await waitFor('the resume', () => server.names().includes('consumer:resume'));
    expect(received()).toEqual([]);
    setUp.resolve();
    await waitFor('the streams', () => received().length === 2);
  });

  test('keeps the last transports only, when others overtake those that are still being made', async () => {
    const last = offeredTransports();
    const made: string[] = [];
    (await device.ready()).device.observer.on('newtransport', (transport) => made.push(transport.id));
    void media.open(offeredTransports(), []);
    void media.open(last, []);
    await settle();
    expect(made.sort()).toEqual([last.send.transportId, last.receive.transportId].sort());
    expect(media.transports?.receive.id).toBe(last.receive.transportId);
  });

  test('receives pictures for a page whose tiles are not there yet', async () => {
    server.peers = [person('ann')];
    media.consumption.setPictures([]);
    void open();
    await waitFor(
      'the picture',
      () => media.consumption.streams.find(producerId('ann-cam'))?.paused === false,
    );
  });

  test('receives many people who join together with few requests', async () => {
    void open();
    await settle();
    server.peers = Array.from({ length: 20 }, (_, index) => person(`p${index}`));
    for (let news = 0; news < 20; news += 1) media.consumption.recordsChanged();
    await waitFor('everybody', () => received().length === 29);
    expect(server.count('consumer:create')).toBe(1);
  });

  test('pauses a picture that left the screen and resumes it when it is back', async () => {
    server.peers = [person('ann')];
    media.consumption.setPictures([picture('ann')]);
    void open();
    await waitFor(
      'the picture',
      () => media.consumption.streams.find(producerId('ann-cam'))?.paused === false,
    );
    media.consumption.setPictures([]);
    await waitFor('the pause', () => media.consumption.streams.find(producerId('ann-cam'))?.paused === true);
    media.consumption.setPictures([picture('ann')]);
    await waitFor(
      'the picture again',
      () => media.consumption.streams.find(producerId('ann-cam'))?.paused === false,
    );
    expect(server.count('consumer:create')).toBe(1);
  });

  test('makes one request of many changes of size', async () => {
    server.peers = [person('ann')];
    media.consumption.setPictures([picture('ann')]);
    void open();
    await waitFor('the priority', () => server.count('consumer:set-layers') === 1);
    for (let width = 700; width < 1400; width += 50)
      media.consumption.setPictures([picture('ann', { width, height: (width * 9) / 16 })]);
    await waitFor('the layers', () => server.count('consumer:set-layers') === 2);
    expect(server.asked.at(-1)?.input).toMatchObject({ layers: [{ preferredLayers: { spatialLayer: 2 } }] });
  });

  test('goes on with new transports when the old ones close in the middle of being set up', async () => {
    server.peers = [person('ann')];
    const asked = deferred<void>();
    server.gates.set('consumer:create', asked.promise);
    void media.open(offeredTransports(), []);
    await waitFor('the transports', () => media.transports !== null);
    let settingUp = false;
    media.transports!.receive.handler.receive = () => {
      settingUp = true;
      return new Promise(() => {});
    };
    asked.resolve();
    await waitFor('the set-up', () => settingUp);
    void media.open(offeredTransports(), []);
    await waitFor('the streams', () => received().length === 2);
  });

  test('keeps the score and layers of a consumer that arrive before it is set up', async () => {
    const asked = deferred<void>();
    server.peers = [peer('ann', { producers: [producer('ann-mic', 'microphone')] })];
    server.gates.set('consumer:create', asked.promise);
    void media.open(offeredTransports(), []);
    await waitFor('the request', () => server.count('consumer:create') === 1);
    media.consumption.handleScore(consumerId('consumer-1'), 7, 9);
    media.consumption.handleLayers(consumerId('consumer-1'), 1, 2);
    asked.resolve();
    await waitFor('the stream', () => received().length === 1);
    expect(media.consumption.streams.find(producerId('ann-mic'))).toMatchObject({
      score: 7,
      producerScore: 9,
      current: { spatialLayer: 1, temporalLayer: 2 },
    });
  });

  test('makes nothing of a consumer that was closed before it was set up', async () => {
    const asked = deferred<void>();
    server.peers = [peer('ann', { producers: [producer('ann-mic', 'microphone')] })];
    server.gates.set('consumer:create', asked.promise);
    void media.open(offeredTransports(), []);
    await waitFor('the request', () => server.count('consumer:create') === 1);
    media.consumption.handleClosed(consumerId('consumer-1'));
    server.peers = [];
    asked.resolve();
    await settle();
    expect(received()).toEqual([]);
  });

  test('closes a consumer that the server closed, and makes another while it is wanted', async () => {
    server.peers = [person('ann')];
    media.consumption.setPictures([picture('ann')]);
    void open();
    await waitFor('the picture', () => received().length === 2);
    const stream = media.consumption.streams.find(producerId('ann-cam'))!;
    media.consumption.handleClosed(stream.consumerId);
    expect(stream.consumer.closed).toBe(true);
    await waitFor('another consumer', () => received().length === 2);
  });

  test('leaves a producer alone that cannot be consumed, and receives the others', async () => {
    server.peers = [peer('gone', { producers: [producer('other-mic', 'microphone')] }), person('ann')];
    const all = server.peers;
    void open();
    server.peers = [peer('gone', { producers: [] }), person('ann')];
    await waitFor('ann', () => received().includes('ann-mic'));
    server.peers = all;
    expect(server.count('consumer:create')).toBe(1);
  });

  test('makes consumers anew that the server has forgotten', async () => {
    server.peers = [person('ann')];
    media.consumption.setPictures([picture('ann')]);
    void open();
    await waitFor(
      'the picture',
      () => media.consumption.streams.find(producerId('ann-cam'))?.paused === false,
    );
    server.consumers.clear();
    server.failures.set('consumer:pause', new CallFailure('consumer_not_found'));
    media.consumption.setPictures([]);
    await waitFor('the loss to be seen', () => !received().includes('ann-cam'));
    media.consumption.setPictures([picture('ann')]);
    await waitFor(
      'the picture',
      () => media.consumption.streams.find(producerId('ann-cam'))?.paused === false,
    );
  });

  test('receives nothing after it is closed', async () => {
    server.peers = [person('ann')];
    void open();
    await waitFor('sound', () => received().length > 0);
    const streams = Array.from(media.consumption.streams);
    media.close();
    expect(streams.every((stream) => stream.consumer.closed)).toBe(true);
    const asked = server.asked.length;
    media.consumption.setPictures([picture('ann')]);
    media.consumption.recordsChanged();
    await settle();
    expect(server.asked).toHaveLength(asked);
  });
});

describe('a reset of the media', () => {
  test('brings back what was sent and received, on new transports', async () => {
    server.peers = [person('ann')];
    const track = makeTrack('audio');
    media.publications.microphone.attach(track);
    void media.open(offeredTransports(), []);
    await waitFor('receiving', () => received().length === 2);
    connect();
    await waitFor('sending', () => media.publications.microphone.producer !== null);
    const before = { session: media.transports, producer: media.publications.microphone.producer };
    reopen();
    await waitFor(
      'the new transports',
      () => media.transports !== null && media.transports !== before.session,
    );
    expect(before.session?.closed).toBe(true);
    expect(before.producer?.closed).toBe(true);
    await waitFor('receiving again', () => received().length === 2);
    connect();
    await waitFor('sending again', () => media.publications.microphone.producer !== null);
    expect(media.publications.microphone.producer?.track).toBe(track);
    expect(track.readyState).toBe('live');
    await waitFor('the words', () => made.restored === 1);
    expect(made.recoveries).toMatchObject([{ step: 'reopen', outcome: 'recovered' }]);
  });

  test('is shown until everything is back, and while no media gets through', async () => {
    await open();
    expect(media.restoration.isUnderWay).toBe(false);
    server.failures.set('media:reopen', new CallFailure('media_unavailable'));
    reopen();
    await waitFor('an attempt', () => server.count('media:reopen') === 1);
    expect(made.shownAsRestoring).toBe(true);
    server.failures.clear();
    await waitFor('the end', () => !made.shownAsRestoring);
    connect();
    made.setReceiving('disconnected');
    expect(made.shownAsRestoring).toBe(true);
    connect();
    expect(made.shownAsRestoring).toBe(false);
  });

  test('never sends a microphone that was muted before it, or is muted during it', async () => {
    const track = makeTrack('audio');
    media.publications.microphone.attach(track);
    await open();
    await waitFor('sending', () => media.publications.microphone.producer !== null);
    reopen();
    track.stop();
    media.publications.microphone.detach();
    await waitFor('the new transports', () => media.transports !== null);
    await settle();
    expect(media.publications.microphone.producer).toBeNull();
    expect(server.count('producer:create')).toBe(1);
  });

  test('during another reset leads to newer transports', async () => {
    server.peers = [person('ann')];
    await open();
    reopen();
    await waitFor('the new transports', () => media.transports !== null);
    const lost = media.transports;
    reopen();
    await waitFor('newer transports', () => media.transports !== null && media.transports !== lost);
    expect(lost?.closed).toBe(true);
    await waitFor('receiving', () => received().length === 2);
    connect();
    await waitFor('the news', () => made.restored === 1);
    expect(server.count('media:reopen')).toBe(2);
  });

  test('is requested again until the server can do it', async () => {
    await open();
    server.failures.set('media:reopen', new CallFailure('media_unavailable'));
    reopen();
    await waitFor('two attempts', () => server.count('media:reopen') === 2);
    server.failures.clear();
    await waitFor('the words', () => made.restored === 1);
    expect(media.transports).not.toBeNull();
  });

  test('is given up when the call joins anew', async () => {
    await open();
    server.failures.set('media:reopen', new CallFailure('media_unavailable'));
    reopen();
    await waitFor('an attempt', () => server.count('media:reopen') === 1);
    media.restoration.handle('joined');
    await open();
    const session = media.transports;
    server.failures.clear();
    await settle();
    expect(media.transports).toBe(session);
  });

  test('ends with the call', async () => {
    await open();
    server.failures.set('media:reopen', new CallFailure('media_unavailable'));
    reopen();
    await waitFor('an attempt', () => server.count('media:reopen') === 1);
    media.close();
    const asked = server.asked.length;
    await settle();
    expect(server.asked).toHaveLength(asked);
    expect(media.transports).toBeNull();
  });
});

describe('sending', () => {
  test('pauses the producer of a muted source after a resume if the server still has it live', async () => {
    media.publications.microphone.attach(makeTrack('audio'));
    await open();
    await waitFor('sending', () => media.publications.microphone.producer !== null);
    const id = producerId(media.publications.microphone.producer!.id);
    server.failures.set('producer:pause', new CallFailure('network_unreachable'));
    media.publications.microphone.detach();
    await settle();
    expect(server.producers.get(id)?.paused).toBe(false);
    server.failures.clear();
    media.resumed(
      peer('me', { producers: [{ producerId: id, source: 'microphone', kind: 'audio', paused: false }] }),
    );
    await waitFor('the server to know', () => server.producers.get(id)?.paused === true);
  });

  test('repeats the request for a producer whose answer was lost, without making a second one', async () => {
    server.lostAnswers.set('producer:create', 2);
    media.publications.microphone.attach(makeTrack('audio'));
    await open();
    await waitFor('sending', () => media.publications.microphone.producer !== null);
    const asked = server.asked.filter(({ name }) => name === 'producer:create').map(({ input }) => input);
    expect(asked).toEqual([asked[0], asked[0], asked[0]]);
    expect([...server.producers.keys()]).toEqual([media.publications.microphone.producer!.id]);
    expect(made.failures).toEqual([]);
  });

  test('closes at the server a producer that ended here while the socket was lost', async () => {
    const { screen } = media.publications;
    screen.attach(makeTrack('video'));
    await open();
    await waitFor('sending', () => screen.producer !== null);
    const id = producerId(screen.producer!.id);
    server.failures.set('producer:close', new CallFailure('network_unreachable'));
    screen.detach();
    await waitFor('the attempt', () => server.count('producer:close') === 1);
    server.failures.clear();
    media.resumed(
      peer('me', { producers: [{ producerId: id, source: 'screen', kind: 'video', paused: false }] }),
    );
    await waitFor('the server to know', () => server.producers.size === 0);
    expect(made.failures).toEqual([]);
  });

  test('begins anew when the server has a producer that this page does not know', async () => {
    server.producers.set('stray', {
      source: 'microphone',
      paused: false,
      rtpParameters: 'of an answer that was lost',
    });
    media.publications.microphone.attach(makeTrack('audio'));
    await open();
    await waitFor('the reopening', () => server.count('media:reopen') === 1);
    await waitFor('sending', () => media.publications.microphone.producer !== null);
    expect([...server.producers.keys()]).toEqual([media.publications.microphone.producer!.id]);
  });

  test('a camera that nobody watches does not count as one that arrives badly', async () => {
    const { camera } = media.publications;
    camera.attach(makeTrack('video'));
    await open();
    connect();
    await waitFor('sending', () => camera.producer !== null);
    const id = producerId(camera.producer!.id);
    media.handleProducerScores(id, [10, 6, 0]);
    expect(media.quality(true)).toBe(4);
    jest.useFakeTimers();
    media.handleLayersWanted(id, false, 0);
    jest.advanceTimersByTime(LAYER_LINGER_MS);
    jest.useRealTimers();
    media.handleProducerScores(id, [0, 0, 0]);
    expect(media.quality(true)).toBe(4);
    media.handleLayersWanted(id, true, 0);
    expect(media.quality(true)).toBe(4);
    media.handleProducerScores(id, [3, 0, 0]);
    expect(media.quality(true)).toBe(1);
  });

  test('reports why a source cannot be sent', async () => {
    server.failures.set('producer:create', new CallFailure('forbidden'));
    media.publications.camera.attach(makeTrack('video'));
    await open();
    await waitFor('the words', () => made.failures.length > 0);
    expect(made.failures).toEqual(['camera forbidden']);
  });
});
