import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { silentLog } from '../../src/call/base/log.ts';
import { Call } from '../../src/call/call.ts';
import { MediaDevice } from '../../src/call/media/media-device.ts';
import { CallServer } from '../support/call-server.ts';
import { fakeHandlerFactory } from '../support/media.ts';
import { peer, ROOM_CODE } from '../support/records.ts';
import { ManualCapture } from '../support/tracks.ts';
import { waitFor } from '../support/wait-for.ts';

const CHOICE = {
  displayName: 'Ann',
  microphoneOn: true,
  cameraOn: false,
  microphoneId: null,
  cameraId: null,
  speakerId: null,
};

let server: CallServer;
let capture: ManualCapture;
let call: Call;

/** Joined with a microphone that the server has a producer of. */
beforeEach(async () => {
  server = await CallServer.start();
  capture = new ManualCapture();
  Object.assign(globalThis, { window: new EventTarget() });
  call = new Call({
    roomCode: ROOM_CODE,
    choice: CHOICE,
    device: new MediaDevice(fakeHandlerFactory()),
    origin: server.origin,
    log: silentLog,
    capture,
  });
  await call.join();
  await waitFor('a device to be opened', () => capture.openings.length > 0);
  capture.grant();
  await waitFor('the producer', () => server.media.producers.size === 1);
});

afterEach(async () => {
  call.close();
  await server.stop();
  Reflect.deleteProperty(globalThis, 'window');
});

test('a call that the server ended for sending too much fails and says why', async () => {
  server.signaling.notify('session:ended', { reason: 'over-limit' });
  await waitFor('the end', () => call.getState().phase === 'failed');
  expect(call.getState().error?.code).toBe('over_limit');
  expect(capture.live).toEqual([]);
});

test('a call turns off what the server has paused for sending too much, and says why', async () => {
  const [id = ''] = server.media.producers.keys();
  const paused = { producerId: id, source: 'microphone', kind: 'audio', paused: true };
  const own = peer('me1', { version: 9, producers: [{ ...paused, pauseReason: 'over-limit' } as never] });
  server.signaling.notify('peer:updated', { peer: own });
  const notices = () => call.getState().notices;
  await waitFor('the notice', () => notices().some(({ kind }) => kind === 'device-error'));
  expect(notices().at(-1)).toMatchObject({ device: 'microphone', error: { code: 'over_limit' } });
  expect(call.getState().microphone).toMatchObject({ status: 'failed' });
  expect(capture.live).toEqual([]);
  await waitFor('the pause', () => server.signaling.requests.includes('producer:pause'));
});
