import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { CallFailure } from '../../../src/call/base/call-failure.ts';
import { MediaUnderTest, offeredTransports, person } from '../../support/media-under-test.ts';
import { picture } from '../../support/records.ts';
import { makeTrack } from '../../support/tracks.ts';
import { deferred, settle, waitFor } from '../../support/wait-for.ts';

describe('a person whose role may send nothing', () => {
  let made: MediaUnderTest;
  let server: MediaUnderTest['server'];
  let media: MediaUnderTest['media'];
  const asked = () => server.count('transport:open-send');
  const attach = () => media.publications.microphone.attach(makeTrack('audio'));

  const open = async (transports: Parameters<typeof media.open>[0]): Promise<void> => {
    void media.open(transports, []);
    media.sending.allow(false);
    await waitFor('the streams', () => made.received().length === 2);
    made.connect();
    media.pictureShown();
    await settle();
  };

  beforeEach(() => {
    made = new MediaUnderTest();
    ({ server, media } = made);
    server.peers = [person('ann')];
    media.consumption.setPictures([picture('ann')]);
  });

  afterEach(() => {
    media.close();
    expect(server.violations).toEqual([]);
  });

  test('receives on one transport, and is refused here what they turn on', async () => {
    await open({ receive: offeredTransports().receive });
    expect([media.transports?.send, media.transports?.all.length]).toEqual([null, 1]);
    expect(media.quality(true)).toBe(4);
    attach();
    await waitFor('the refusal', () => made.failures.length > 0);
    expect(made.failures).toEqual(['microphone forbidden']);
    expect([asked(), server.count('producer:create')]).toEqual([0, 0]);
  });

  test('asks for the other transport once the role may send, and sends what is turned on then', async () => {
    await open({ receive: offeredTransports().receive });
    const { receive } = media.transports!;
    media.sending.allow(true);
    attach();
    await waitFor('the producer', () => server.producers.size === 1);
    media.sending.allow(true);
    expect([asked(), made.failures, media.transports?.receive]).toEqual([1, [], receive]);
    expect(media.transports?.send?.closed).toBe(false);
  });

  test('loses the transport with what was sent when the role changes, and receives on', async () => {
    await open({ receive: offeredTransports().receive });
    media.sending.allow(true);
    attach();
    await waitFor('the producer', () => media.publications.microphone.producer !== null);
    const [{ send, receive }, { producer }] = [media.transports!, media.publications.microphone];
    media.sending.allow(false);
    expect([send?.closed, producer?.closed, media.transports?.send]).toEqual([true, true, null]);
    await settle();
    expect([media.transports?.receive, receive.closed]).toEqual([receive, false]);
    expect([made.received(), made.failures]).toEqual([['ann-cam', 'ann-mic'], []]);
    expect(media.restoration.isSteady).toBe(true);

    media.publications.microphone.detach();
    media.sending.allow(true);
    attach();
    await waitFor('the next producer', () => media.publications.microphone.producer !== null);
    expect([asked(), media.transports?.send === send]).toEqual([2, false]);
  });

  test('closes a transport that the server has made in the moment in which the role changed', async () => {
    await open(offeredTransports());
    expect(media.transports?.send).toBeNull();
    expect(asked()).toBe(0);
  });

  test('uses no answer to a request of before: the server has closed that transport', async () => {
    await open({ receive: offeredTransports().receive });
    const first = deferred<void>();
    server.gates.set('transport:open-send', first.promise);
    media.sending.allow(true);
    media.sending.allow(false);
    server.gates.delete('transport:open-send');
    media.sending.allow(true);
    await waitFor('the transport', () => media.transports?.all.length === 2);
    const { send } = media.transports!;
    first.resolve();
    await settle();
    expect([media.transports?.send, send?.closed, asked()]).toEqual([send, false, 2]);
  });

  test('opens everything anew where the server cannot make the transport, and waits for the record where it refuses', async () => {
    await open({ receive: offeredTransports().receive });
    server.failures.set('transport:open-send', new CallFailure('forbidden'));
    media.sending.allow(true);
    await settle();
    expect(server.count('media:reopen')).toBe(0);
    media.sending.allow(false);
    server.failures.set('transport:open-send', new CallFailure('invalid_request'));
    media.sending.allow(true);
    attach();
    await waitFor('new transports', () => server.count('media:reopen') === 1);
    await waitFor('the receiving one', () => media.transports !== null);
    made.connect();
    await waitFor('the producer', () => server.producers.size === 1);
  });
});
