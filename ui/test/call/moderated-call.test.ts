import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Act } from '@parley/proto/room';
import type { Call } from '../../src/call/call.ts';
import type { CallServer } from '../support/call-server.ts';
import { peer } from '../support/records.ts';
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

const act = (given: Partial<Act>): { act: Act } => ({
  act: { kind: 'muted', byPeerId: peer('hana').peerId, byName: 'Hana', at: 1, ...given },
});

const mutedRecord = (version: number) => {
  const [id = ''] = server.media.producers.keys();
  const producer = {
    producerId: id,
    source: 'microphone',
    kind: 'audio',
    paused: true,
    pauseReason: 'muted',
  };
  return { peer: peer('me1', { version, producers: [producer as never] }) };
};

test('a person who was muted is off, reads who did it, and may unmute', async () => {
  server.signaling.notify('peer:updated', mutedRecord(9));
  server.signaling.notify('act:done', act({ kind: 'muted' }));
  await waitFor('the microphone to be off', () => call.getState().microphone.status === 'released');
  await waitFor('the pause', () => server.signaling.requests.includes('producer:pause'));
  await waitFor('the notice', () => call.getState().notices.some(({ kind }) => kind === 'act'));
  expect(call.getState().notices.at(-1)).toMatchObject({ act: { kind: 'muted', byName: 'Hana' } });
  void call.devices.setMicrophone(true);
  await waitFor('the server to be asked', () => server.signaling.requests.includes('producer:resume'));
  // Another change of the record, from before the server knew of it.
  server.signaling.notify('peer:updated', mutedRecord(10));
  server.signaling.notify('act:done', act({ kind: 'asked-to-unmute' }));
  await waitFor('both', () => call.getState().lastAct?.kind === 'asked-to-unmute');
  expect(call.getState().microphone.status).toBe('live');
});

test('somebody who is asked to unmute stays muted', async () => {
  await call.devices.setMicrophone(false);
  server.signaling.notify('act:done', act({ kind: 'asked-to-unmute' }));
  await waitFor('the notice', () => call.getState().lastAct?.kind === 'asked-to-unmute');
  expect(call.getState().microphone.status).toBe('released');
  expect(server.signaling.requests).not.toContain('producer:resume');
});

test('what the server has ended is off, and begins anew as another producer', async () => {
  const asked = (): number => server.signaling.requests.filter((name) => name === 'producer:create').length;
  // Only a page that knows its producer can pause it. The server has the producer a moment earlier.
  await call.devices.setMicrophone(false);
  await waitFor('the pause', () => server.signaling.requests.includes('producer:pause'));
  void call.devices.setMicrophone(true);
  await waitFor('the sound', () => server.signaling.requests.includes('producer:resume'));
  server.signaling.notify('act:done', act({ kind: 'stopped', source: 'microphone', byName: null }));
  await waitFor('the microphone to be off', () => call.getState().microphone.status === 'released');
  const before = asked();
  void call.devices.setMicrophone(true);
  await waitFor('another producer', () => asked() > before);
});

test.each([
  ['removed', 'session_removed'],
  ['banned', 'session_banned'],
  ['call-ended', 'session_call_ended'],
  ['ended-by-operator', 'session_ended_by_operator'],
  ['moved', 'session_moved'],
] as const)('a call that ends with %s does not come back by itself, and says why', async (reason, code) => {
  server.signaling.notify('session:ended', { reason });
  await waitFor('the end', () => call.getState().phase === 'failed');
  expect(call.getState().error?.code).toBe(code);
  expect(capture.live).toEqual([]);
});

test('a call that a person ends still knows who that was', async () => {
  server.signaling.notify('act:done', act({ kind: 'removed' }));
  server.signaling.notify('session:ended', { reason: 'removed' });
  await waitFor('the end', () => call.getState().phase === 'failed');
  expect(call.getState().lastAct).toMatchObject({ kind: 'removed', byName: 'Hana' });
});
