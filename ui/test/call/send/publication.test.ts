import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { types } from 'mediasoup-client';
import { CallFailure } from '../../../src/call/base/call-failure.ts';
import { silentLog } from '../../../src/call/base/log.ts';
import { Publication, type PublicationData } from '../../../src/call/send/publication.ts';
import { sendTransport } from '../../support/media.ts';
import { producerId } from '../../support/records.ts';
import { makeTrack } from '../../support/tracks.ts';
import { deferred, settle, waitFor } from '../../support/wait-for.ts';

let requests: string[];
let failWith: CallFailure | null;
let failures: CallFailure[];
let transport: types.Transport;
let publication: Publication;

function publish(idle: 'pause' | 'close' = 'pause'): Publication {
  return new Publication({
    source: idle === 'pause' ? 'microphone' : 'screen-audio',
    idle,
    request: async (name, input) => {
      if (failWith !== null) throw failWith;
      requests.push(`${name} ${input.producerId}`);
    },
    onChanged: () => {},
    onFailed: (failure) => failures.push(failure),
    log: silentLog,
  });
}

beforeEach(async () => {
  requests = [];
  failures = [];
  failWith = null;
  transport = await sendTransport();
  publication = publish();
});

afterEach(() => {
  publication.close();
  transport.close();
});

async function attached() {
  const track = makeTrack('audio');
  publication.attach(track);
  publication.setTransport(transport);
  await waitFor('a producer', () => publication.producer !== null);
  await settle();
  return track;
}

describe('a publication', () => {
  test('produces the attached track once there is a transport', async () => {
    const track = await attached();
    expect(publication.producer?.track).toBe(track);
    expect(publication.producer?.paused).toBe(false);
    expect(requests).toEqual([]);
  });

  test('makes no producer for a source that is off', async () => {
    publication.setTransport(transport);
    await settle();
    expect(publication.producer).toBeNull();
  });

  test('pauses in the same task when it is detached, then asks the server to pause and lets the track go', async () => {
    const track = await attached();
    publication.detach();
    expect(publication.producer?.paused).toBe(true);
    expect(track.enabled).toBe(false);
    await settle();
    expect(requests).toEqual(['producer:pause p1']);
    expect(publication.producer?.track).toBeNull();
  });

  test('resumes the same producer with a new track', async () => {
    await attached();
    publication.detach();
    await settle();
    const track = makeTrack('audio');
    publication.attach(track);
    await settle();
    expect(publication.producer?.id).toBe('p1');
    expect(publication.producer?.track).toBe(track);
    expect(track.enabled).toBe(true);
    expect(requests).toEqual(['producer:pause p1', 'producer:resume p1']);
  });

  test('ends in the state that was asked for last, however fast the requests come', async () => {
    await attached();
    const last = makeTrack('audio');
    publication.detach();
    publication.attach(makeTrack('audio'));
    publication.detach();
    publication.attach(last);
    await settle();
    expect(publication.producer?.track).toBe(last);
    expect(publication.producer?.paused).toBe(false);
    publication.attach(makeTrack('audio'));
    publication.detach();
    await settle();
    expect(publication.producer?.paused).toBe(true);
    expect(publication.producer?.track).toBeNull();
  });

  test('is muted from its first record on when it was muted while it was being made', async () => {
    const asked = deferred<string>();
    let appData: PublicationData | null = null;
    transport.close();
    transport = await sendTransport((data) => {
      appData = data as PublicationData;
      return asked.promise;
    });
    publication.attach(makeTrack('audio'));
    publication.setTransport(transport);
    await waitFor('the request', () => appData !== null);
    publication.detach();
    expect(appData!.isPaused()).toBe(true);
    asked.resolve('p9');
    await waitFor('the producer', () => publication.producer !== null);
    await settle();
    expect(publication.producer?.paused).toBe(true);
    expect(publication.producer?.track).toBeNull();
    // The record was made paused: no request is left to send.
    expect(requests).toEqual([]);
  });

  test('produces again on new transports only if a track is attached', async () => {
    const track = await attached();
    const fresh = await sendTransport(async () => 'p20');
    publication.setTransport(fresh);
    await waitFor('the new producer', () => publication.producer?.id === 'p20');
    expect(publication.producer?.track).toBe(track);
    publication.detach();
    await settle();
    publication.setTransport(await sendTransport(async () => 'p30'));
    await settle();
    expect(publication.producer).toBeNull();
    fresh.close();
  });

  test('repeats after a resume the pause that the server missed', async () => {
    await attached();
    failWith = new CallFailure('network_unreachable');
    publication.detach();
    await settle();
    failWith = null;
    publication.reconcile({ producerId: producerId('p1'), paused: false });
    await settle();
    expect(requests).toEqual(['producer:pause p1']);
    expect(failures).toEqual([]);
  });

  test('asks the server again to pause when its record says that a muted source is live', async () => {
    await attached();
    publication.detach();
    await settle();
    requests = [];
    publication.reconcile({ producerId: producerId('p1'), paused: true });
    await settle();
    expect(requests).toEqual([]);
    publication.reconcile({ producerId: producerId('p1'), paused: false });
    await settle();
    expect(requests).toEqual(['producer:pause p1']);
  });

  test('produces anew when the server lost the producer', async () => {
    await attached();
    const before = publication.producer;
    publication.reconcile(null);
    await waitFor('another producer', () => publication.producer !== null && publication.producer !== before);
    expect(before?.closed).toBe(true);
  });

  test('gives up and reports the failure when the server refuses', async () => {
    await attached();
    failWith = new CallFailure('forbidden');
    publication.detach();
    await settle();
    expect(failures.map((failure) => failure.code)).toEqual(['forbidden']);
  });

  test('counts only failures that follow one another', async () => {
    await attached();
    for (let mute = 0; mute < 7; mute += 1) {
      failWith = new CallFailure('unavailable');
      publication.detach();
      await settle();
      failWith = null;
      publication.attach(makeTrack('audio'));
      await settle();
    }
    expect(failures).toEqual([]);
  });

  test('closes the producer of a shared screen that is over, and makes another for the next', async () => {
    publication.close();
    publication = publish('close');
    await attached();
    publication.detach();
    await settle();
    expect(requests).toEqual(['producer:close p1']);
    expect(publication.producer).toBeNull();
    publication.attach(makeTrack('audio'));
    await waitFor('the next producer', () => publication.producer?.id === 'p2');
  });

  test('that the person pauses sends nothing from that task on, keeps its track, and goes on with it', async () => {
    publication.close();
    publication = publish('close');
    const track = await attached();
    publication.setPaused(true);
    expect(publication.producer?.paused).toBe(true);
    expect(track.enabled).toBe(false);
    await settle();
    expect(publication.producer?.track).toBeNull();
    expect(await publication.countFrames()).toBeNull();
    publication.setPaused(false);
    await settle();
    expect(publication.producer).toMatchObject({ id: 'p1', paused: false, track });
    expect(track.enabled).toBe(true);
    expect(requests).toEqual(['producer:pause p1', 'producer:resume p1']);
  });

  test('that is paused is paused on new transports too, from its first record on', async () => {
    publication.close();
    publication = publish('close');
    await attached();
    publication.setPaused(true);
    await settle();
    let appData: PublicationData | null = null;
    publication.setTransport(
      await sendTransport(async (data) => {
        appData = data as PublicationData;
        return 'p20';
      }),
    );
    await waitFor('the new producer', () => publication.producer?.id === 'p20');
    await settle();
    expect(appData!.isPaused()).toBe(true);
    expect(publication.producer).toMatchObject({ paused: true, track: null });
  });

  test('that is paused while its producer is being made sends nothing from that task on', async () => {
    publication.close();
    publication = publish('close');
    const asked = deferred<string>();
    transport.close();
    let isAsking = false;
    transport = await sendTransport((data) => {
      isAsking = true;
      // The server makes the producer before the person pauses.
      expect((data as PublicationData).isPaused()).toBe(false);
      return asked.promise;
    });
    const track = makeTrack('audio');
    publication.attach(track);
    publication.setTransport(transport);
    await waitFor('the request for the producer', () => isAsking);
    publication.setPaused(true);
    expect(track.enabled).toBe(false);
    asked.resolve('p9');
    await waitFor('the pause of the producer', () => requests.includes('producer:pause p9'));
    expect(publication.producer).toMatchObject({ paused: true, track: null });
    publication.setPaused(false);
    await waitFor('the producer to go on', () => requests.includes('producer:resume p9'));
    expect(publication.producer).toMatchObject({ paused: false, track });
    expect(track.enabled).toBe(true);
  });

  test('that is paused and stopped begins the next share not paused', async () => {
    publication.close();
    publication = publish('close');
    await attached();
    publication.setPaused(true);
    publication.detach();
    await settle();
    const track = makeTrack('audio');
    publication.attach(track);
    await waitFor('the next producer', () => publication.producer?.id === 'p2');
    await settle();
    expect(publication.producer).toMatchObject({ paused: false, track });
  });

  test('does nothing after it is closed', async () => {
    await attached();
    publication.close();
    publication.attach(makeTrack('audio'));
    publication.setTransport(transport);
    await settle();
    expect(publication.producer).toBeNull();
    expect(requests).toEqual([]);
  });
});
