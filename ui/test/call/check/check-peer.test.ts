import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { types } from 'mediasoup-client';
import { RestClient } from '../../../src/call/base/rest-client.ts';
import { CheckPeer } from '../../../src/call/check/check-peer.ts';
import { MediaDevice } from '../../../src/call/media/media-device.ts';
import { CallServer } from '../../support/call-server.ts';
import { fakeHandlerFactory } from '../../support/media.ts';
import { peer, producer, ROOM_CODE } from '../../support/records.ts';
import { waitFor } from '../../support/wait-for.ts';

let server: CallServer;
let guest: CheckPeer;

beforeEach(async () => {
  server = await CallServer.start();
  server.media.peers = [peer('ann', { producers: [producer('ann-cam', 'camera')] })];
  guest = await CheckPeer.join({
    origin: server.origin,
    rest: new RestClient({ origin: server.origin, traceId: () => null }),
    roomCode: ROOM_CODE,
    device: await new MediaDevice(fakeHandlerFactory()).ready(),
    path: 'udp',
  });
});

afterEach(async () => {
  guest.leave();
  await server.stop();
});

const annsCamera = { id: 'ann-cam' } as types.Producer;

describe('a guest of the check', () => {
  test('receives what another peer sends', async () => {
    const consumer = await guest.receive(annsCamera);
    expect(consumer.track.kind).toBe('video');
    expect(server.signaling.requests).toContain('consumer:resume');
  });

  test('does not hang when its transports close while a consumer is being made', async () => {
    let settingUp = false;
    guest.transports.receive.handler.receive = () => {
      settingUp = true;
      return new Promise(() => {});
    };
    const received = guest.receive(annsCamera);
    await waitFor('the set-up', () => settingUp);
    guest.leave();
    await expect(received).rejects.toMatchObject({ code: 'closed' });
  });
});
