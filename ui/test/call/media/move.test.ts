import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { MediaUnderTest, person } from '../../support/media-under-test.ts';
import { peer, picture, producer } from '../../support/records.ts';
import { makeTrack } from '../../support/tracks.ts';
import { deferred, settle, waitFor } from '../../support/wait-for.ts';

describe('when people move to another node', () => {
  let made: MediaUnderTest;
  let server: MediaUnderTest['server'];
  let media: MediaUnderTest['media'];
  const shown = () => media.shown.map((stream) => stream.producerId as string).sort();
  const handlers = () => [...media.transports!.all];
  const [micTrack, camTrack] = [makeTrack('audio'), makeTrack('video')];

  beforeEach(async () => {
    made = new MediaUnderTest();
    ({ server, media } = made);
    server.peers = [person('ann')];
    media.consumption.setPictures([picture('ann')]);
    media.publications.microphone.attach(micTrack);
    media.publications.camera.attach(camTrack);
    await made.open();
    made.connect();
    await waitFor('both producers', () => server.producers.size === 2);
    await waitFor('both streams', () => made.received().length === 2);
  });

  afterEach(() => {
    media.close();
    expect(server.violations).toEqual([]);
  });

  /** Ann has opened her media on the new node too. */
  const annFollows = () => {
    server.peers = [
      peer('ann', { producers: [producer('ann-mic-2', 'microphone'), producer('ann-cam-2', 'camera')] }),
    ];
    media.consumption.recordsChanged();
  };

  test('leaves what is seen and heard as it is until the new transports bring it, and then ends the former ones', async () => {
    const [former, producers] = [handlers(), new Set(server.producers.keys())];
    server.gates.set('media:reopen', settle());
    media.move();
    expect(shown()).toEqual(['ann-cam', 'ann-mic']);
    await waitFor('the new transports', () => media.transports !== null);
    made.connect();
    await waitFor('what is sent there', () => server.producers.size === 2);
    expect([...server.producers.keys()].some((id) => producers.has(id))).toBe(false);
    expect(shown()).toEqual(['ann-cam', 'ann-mic']);
    expect([made.shownAsRestoring, ...former.map(({ closed }) => closed)]).toEqual([false, false, false]);
    annFollows();
    await waitFor('what Ann sends there', () => shown().join() === 'ann-cam-2,ann-mic-2');
    await waitFor('the end of the former transports', () => former.every(({ closed }) => closed), 5_000);
    expect(shown()).toEqual(['ann-cam-2', 'ann-mic-2']);
    expect([made.restored, made.recoveries, made.failures]).toEqual([0, [], []]);
  });

  test('shows somebody else who moves without a gap, while this peer stays where it is', async () => {
    annFollows();
    const shownOfAnn = () => media.shownOf(server.peers[0]!.peerId, 'camera')?.producerId;
    // Her record names what this page does not receive yet.
    expect(shownOfAnn()).toBe('ann-cam');
    const seen = new Set<string>();
    await waitFor('what Ann sends there', () => {
      seen.add(shown().join());
      return shown().join() === 'ann-cam-2,ann-mic-2';
    });
    for (const streams of seen) expect(streams).toMatch(/^ann-cam(-2)?,ann-mic(-2)?$/);
    expect([shownOfAnn(), made.received().length]).toEqual(['ann-cam-2', 4]);
    await waitFor('the end of what she sent before', () => made.received().length === 2);
    expect(shownOfAnn()).toBe('ann-cam-2');
  });

  test('goes on with what is shown, and not with what was there before, if both move one after the other', async () => {
    annFollows();
    await waitFor('what Ann sends there', () => shown().join() === 'ann-cam-2,ann-mic-2');
    expect(made.received()).toHaveLength(4);
    server.gates.set('media:reopen', settle());
    media.move();
    expect(shown()).toEqual(['ann-cam-2', 'ann-mic-2']);
    await waitFor('the new transports', () => media.transports !== null);
    expect(shown()).toEqual(['ann-cam-2', 'ann-mic-2']);
  });

  test('receives those who have not moved from where they are', async () => {
    media.move();
    await waitFor('the new transports', () => media.transports !== null);
    made.connect();
    await waitFor('what Ann still sends there', () => made.received().length === 2);
    expect(shown()).toEqual(['ann-cam', 'ann-mic']);
  });

  test('silences both ways of a microphone at once', async () => {
    const former = media.publications.microphone.producer!;
    media.move();
    await waitFor('the new producer', () => media.publications.microphone.producer !== null);
    const next = media.publications.microphone.producer!;
    media.publications.microphone.setPaused(true);
    expect([former.id === next.id, former.paused, next.paused]).toEqual([false, true, true]);
    media.publications.microphone.setPaused(false);
  });

  test('has the server end what is turned off before the next transports are there, and what is sent goes on', async () => {
    const { microphone, camera } = media.publications;
    const [mic, cam] = [microphone.producer!, camera.producer!];
    const opened = deferred<void>();
    server.gates.set('media:reopen', opened.promise);
    media.move();
    camera.detach();
    expect(server.asked.filter(({ name }) => name === 'producer:close')).toMatchObject([
      { input: { producerId: cam.id } },
    ]);
    expect([cam.paused, mic.paused, mic.closed]).toEqual([true, false, false]);
    opened.resolve();
    await waitFor('what is sent there', () => server.producers.size === 1);
    camera.attach(camTrack);
    await waitFor('the camera', () => camera.producer !== null);
    camera.detach();
    expect(server.count('producer:close')).toBe(1);
  });

  test('sends the smallest picture on the new transport until the former one is closed', async () => {
    media.move();
    await waitFor('the new camera', () => media.publications.camera.producer !== null);
    const layers = media.publications.camera.layers!;
    expect(layers.active).toBe(0);
    layers.want(true, 2);
    expect(layers.active).toBe(0);
    annFollows();
    await waitFor('all layers', () => layers.active === 2, 5_000);
  });

  test('is like any other loss while something is being mended', async () => {
    media.restoration.handle('network-changed');
    const former = handlers();
    media.move();
    expect(former.map(({ closed }) => closed)).toEqual([true, true]);
    await waitFor('new transports', () => media.transports !== null && !media.transports.closed);
  });

  test('ends with the call', async () => {
    const former = handlers();
    media.move();
    media.close();
    expect(former.map(({ closed }) => closed)).toEqual([true, true]);
    await settle();
    expect(media.transports).toBeNull();
  });
});
