import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { CallFailure } from '../../../src/call/base/call-failure.ts';
import { silentLog } from '../../../src/call/base/log.ts';
import { Transports } from '../../../src/call/media/transports.ts';
import { fakeDevice, transportParameters } from '../../support/media.ts';
import { peer, producer, producerId } from '../../support/records.ts';
import { RoomServer } from '../../support/room-server.ts';
import { waitFor } from '../../support/wait-for.ts';

let server: RoomServer;
let transports: Transports;

beforeEach(async () => {
  server = new RoomServer();
  server.peers = [
    peer('ann', { producers: [producer('ann-mic', 'microphone'), producer('ann-cam', 'camera')] }),
  ];
  transports = new Transports({
    device: await fakeDevice(),
    transports: { send: transportParameters(), receive: transportParameters() },
    iceServers: [],
    certificate: null,
    signaling: server,
    onBroken: () => {},
    onConnectionChanged: () => {},
    log: silentLog,
  });
});

afterEach(() => {
  transports.close();
  expect(server.violations).toEqual([]);
});

async function consume(id: string) {
  const { results } = await server.request('consumer:create', {
    producers: [{ producerId: producerId(id) }],
  });
  const [result] = results;
  if (result?.status !== 'created') throw new Error('not created');
  const { consumerId, kind, rtpParameters } = result.consumer;
  return transports.consume({ id: consumerId, producerId: id, kind, rtpParameters: rtpParameters as never });
}

describe('the transports of a peer', () => {
  test('make consumers', async () => {
    const consumer = await consume('ann-mic');
    expect(consumer.track.kind).toBe('audio');
  });

  test('reject a consumer that the browser is still setting up when they close', async () => {
    let settingUp = false;
    transports.receive.handler.receive = () => {
      settingUp = true;
      return new Promise(() => {});
    };
    const consumer = consume('ann-mic');
    await waitFor('the set-up', () => settingUp);
    transports.close();
    await expect(consumer).rejects.toMatchObject({ code: 'closed' });
  });

  test('reject a consumer that waits behind another one when they close', async () => {
    let settingUp = false;
    transports.receive.handler.receive = () => {
      settingUp = true;
      return new Promise(() => {});
    };
    const first = consume('ann-mic');
    await waitFor('the set-up', () => settingUp);
    const second = consume('ann-cam');
    await waitFor('both requests', () => server.consumers.size === 2);
    transports.close();
    const [one, two] = await Promise.allSettled([first, second]);
    expect([one.status, two.status]).toEqual(['rejected', 'rejected']);
  });

  test('use renewed ICE servers at the next restart of ICE, and not before', async () => {
    const applied: string[] = [];
    const { handler } = transports.receive;
    handler.updateIceServers = async (servers: readonly RTCIceServer[]) => {
      applied.push(`servers of ${servers[0]?.username}`);
    };
    handler.restartIce = async () => void applied.push('restart');
    await consume('ann-mic');
    handler.emit('@connectionstatechange', 'connected');
    transports.renewIceServers([{ urls: ['turn:turn.example'], username: 'ada', credential: 'c' }]);
    expect(applied).toEqual([]);
    await transports.restartIce();
    expect(applied).toEqual(['servers of ada', 'restart']);
  });

  test('restart ICE also in a browser that takes no new servers', async () => {
    const { handler } = transports.receive;
    let restarts = 0;
    handler.updateIceServers = () => Promise.reject(new Error('not supported'));
    handler.restartIce = async () => void (restarts += 1);
    await consume('ann-mic');
    handler.emit('@connectionstatechange', 'connected');
    transports.renewIceServers([{ urls: ['turn:turn.example'], username: 'ada', credential: 'c' }]);
    await transports.restartIce();
    expect(restarts).toBe(1);
  });

  test('restart ICE only where there is a path to repair, and say why the server refuses', async () => {
    await transports.restartIce();
    expect(server.count('transport:restart-ice')).toBe(0);
    transports.receive.handler.emit('@connectionstatechange', 'disconnected');
    await transports.restartIce();
    expect(server.count('transport:restart-ice')).toBe(1);
    server.failures.set('transport:restart-ice', new CallFailure('transport_not_found'));
    await expect(transports.restartIce()).rejects.toMatchObject({ code: 'transport_not_found' });
  });

  test('reject each request after they closed', async () => {
    transports.close();
    await expect(consume('ann-mic')).rejects.toThrow();
  });
});
