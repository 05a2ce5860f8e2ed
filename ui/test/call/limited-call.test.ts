import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Call } from '../../src/call/call.ts';
import type { CallServer } from '../support/call-server.ts';
import { peer, producer } from '../support/records.ts';
import { TalkingCall } from '../support/talking-call.ts';
import type { ManualCapture } from '../support/tracks.ts';
import { waitFor } from '../support/wait-for.ts';

let talking: TalkingCall;
let server: CallServer;
let capture: ManualCapture;
let call: Call;

beforeEach(async () => {
  talking = await TalkingCall.start();
  ({ server, capture, call } = talking);
});
afterEach(() => talking.stop());

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

test('a call says that pictures are limited until none is missing for it', async () => {
  const says = () => call.getState().notices.some(({ kind }) => kind === 'pictures-limited');
  const bob = peer('bob', { producers: [producer('bob-cam', 'camera')] });
  server.media.isFull = true;
  server.media.peers = [bob];
  server.signaling.notify('peer:joined', { peer: bob });
  await waitFor('the notice', says);
  server.media.peers = [];
  server.signaling.notify('peer:left', { peerId: bob.peerId, reason: 'left' });
  await waitFor('its end', () => !says());
});
