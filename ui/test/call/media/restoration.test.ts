import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { RecoveryReport } from '@parley/proto/rest';
import { silentLog } from '../../../src/call/base/log.ts';
import { MediaDevice } from '../../../src/call/media/media-device.ts';
import { Media } from '../../../src/call/media/media.ts';
import type { SignalingClient } from '../../../src/call/signaling/signaling-client.ts';
import { fakeHandlerFactory, transportParameters } from '../../support/media.ts';
import { peer, producer, producerId } from '../../support/records.ts';
import { RoomServer } from '../../support/room-server.ts';
import { settle, waitFor } from '../../support/wait-for.ts';

let server: RoomServer;
let media: Media;
let restored: number;
let shownAsRestoring: boolean;
let recoveries: RecoveryReport[];
let flows: boolean;
let answers: boolean;
let readings: number;

beforeEach(async () => {
  server = new RoomServer();
  server.peers = [
    peer('ann', { producers: [producer('ann-mic', 'microphone'), producer('ann-cam', 'camera')] }),
  ];
  restored = 0;
  shownAsRestoring = false;
  recoveries = [];
  flows = true;
  answers = true;
  readings = 0;
  const factory = fakeHandlerFactory(
    () => {
      readings += 1;
      return flows;
    },
    () => answers,
  );
  media = new Media({
    device: new MediaDevice(factory),
    signaling: () => server as unknown as SignalingClient,
    peers: () => server.peers,
    heard: () => [],
    onPicturesLimited: () => {},
    onChanged: () => (shownAsRestoring = media.restoration.isUnderWay),
    onRestored: () => (restored += 1),
    onRecovery: (report) => recoveries.push(report),
    onBlocked: () => {},
    onRefused: () => {},
    onPublicationFailed: () => {},
    onSoundless: () => {},
    log: silentLog,
  });
  void media.open({ send: transportParameters(), receive: transportParameters() }, []);
  await waitFor('receiving', () => received() === 2);
  connect();
  await readAgain(3);
});

afterEach(() => {
  media.close();
  expect(server.violations).toEqual([]);
});

const received = () => Array.from(media.consumption.streams).length;
const still = (name: string) => media.restoration.isSilent(producerId(name));

function connect(): void {
  media.transports!.receive.handler.emit('@connectionstatechange', 'connected');
}

function readAgain(times: number): Promise<void> {
  const before = readings;
  return waitFor('the next readings', () => readings >= before + times);
}

describe('what stands still', () => {
  test('is known by stream, and makes the page look for another path', async () => {
    flows = answers = false;
    await waitFor('the silence', () => still('ann-cam') && still('ann-mic'));
    await waitFor('the words', () => shownAsRestoring);
    await waitFor('a restart of ICE', () => server.count('transport:restart-ice') > 0);
    flows = answers = true;
    await waitFor('the end', () => !still('ann-cam') && !still('ann-mic') && !shownAsRestoring);
    expect(recoveries).toMatchObject([{ step: 'restart', outcome: 'recovered' }]);
    expect(restored).toBe(0);
  });

  test('is not the fault of the path while the server answers on it', async () => {
    flows = false;
    await waitFor('the silence', () => still('ann-cam') && still('ann-mic'));
    await readAgain(6);
    expect(shownAsRestoring).toBe(false);
    expect([server.count('transport:restart-ice'), server.count('media:reopen')]).toEqual([0, 0]);
  });

  test('is no reason for new transports when the server answers after a restart of ICE', async () => {
    flows = answers = false;
    await waitFor('a restart of ICE', () => server.count('transport:restart-ice') > 0);
    answers = true;
    await waitFor('the end', () => recoveries.length === 1);
    answers = false;
    await readAgain(6);
    expect(recoveries).toMatchObject([{ step: 'restart', outcome: 'recovered' }]);
    expect([still('ann-cam'), shownAsRestoring]).toEqual([true, false]);
  });

  test('is not what its owner has paused', async () => {
    flows = false;
    const [ann] = server.peers;
    server.peers = [{ ...ann!, producers: ann!.producers.map((one) => ({ ...one, paused: true })) }];
    await readAgain(6);
    expect([still('ann-cam'), still('ann-mic'), shownAsRestoring]).toEqual([false, false, false]);
    expect(server.count('transport:restart-ice')).toBe(0);
  });
});

describe('a voice that the room holds back', () => {
  test('is not expected to bring anything, until it is forwarded again', async () => {
    media.consumption.setForwarded([]);
    flows = false;
    await waitFor('the silence', () => still('ann-cam'));
    await readAgain(3);
    expect(still('ann-mic')).toBe(false);
    flows = true;
    media.consumption.setForwarded(null);
    await waitFor('the voice', () =>
      media.restoration.hasBegun(media.consumption.streams.find(producerId('ann-mic'))!),
    );
    flows = false;
    await waitFor('its silence', () => still('ann-mic'));
  });
});

describe('lost transports', () => {
  test('are not called replaced before something comes through the new ones', async () => {
    const before = media.transports;
    flows = answers = false;
    media.restoration.handle('media-gone');
    await waitFor('receiving again', () => media.transports !== before && received() === 2);
    connect();
    await readAgain(2);
    await settle();
    expect([shownAsRestoring, restored]).toEqual([true, 0]);
    flows = answers = true;
    await waitFor('the words', () => restored === 1);
    expect(shownAsRestoring).toBe(false);
    expect(recoveries).toMatchObject([{ step: 'reopen', outcome: 'recovered' }]);
  });

  test('are not called replaced while others are without theirs', async () => {
    const [ann] = server.peers;
    server.peers = [{ ...ann!, connection: 'reconnecting' }];
    const before = media.transports;
    media.restoration.handle('media-gone');
    await waitFor('receiving again', () => media.transports !== before && received() === 2);
    connect();
    await waitFor('the streams', () => recoveries.length === 1);
    await readAgain(3);
    expect(restored).toBe(0);
    server.peers = [ann!];
    await waitFor('the words', () => restored === 1);
  });
});
