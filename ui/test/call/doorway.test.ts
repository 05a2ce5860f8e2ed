import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DEFAULT_ROOM_SETTINGS } from '@parley/proto/room';
import type { Call } from '../../src/call/call.ts';
import { CallServer } from '../support/call-server.ts';
import { SPEAKER } from '../support/choices.ts';
import { ROOM_CODE } from '../support/records.ts';
import { ok, refused } from '../support/signaling-server.ts';
import { ManualCapture } from '../support/tracks.ts';
import { waitFor } from '../support/wait-for.ts';

let server: CallServer;
let capture: ManualCapture;
let call: Call;

const TOKEN = { token: 'token', peerId: 'me', expiresAt: 1, traceId: 'ab'.repeat(16) };
const ROOM = { code: ROOM_CODE, title: 'Choir', createdAt: 0, peerCount: 1, peerLimit: 9 };

beforeEach(async () => {
  server = await CallServer.start();
  capture = new ManualCapture();
  Object.assign(globalThis, { window: new EventTarget() });
  call = server.makeCall({ choice: SPEAKER, capture });
});
afterEach(async () => {
  call.close();
  await server.stop();
  Reflect.deleteProperty(globalThis, 'window');
});

const inPhase = (phase: string) => waitFor(phase, () => call.getState().phase === phase);
const asked = (name: string) => server.signaling.requests.includes(name);

describe('somebody who is in the room with another device', () => {
  beforeEach(async () => {
    server.signaling.rest = () => ({ status: 200, body: { ...TOKEN, elsewhere: true } });
    void call.join();
    await waitFor('the microphone', () => capture.openings.length > 0);
    capture.grant();
    await inPhase('elsewhere');
  });

  const answerMove = (microphoneOn: boolean) =>
    server.signaling.handlers.set('room:move-here', () => ok({ moved: 1, microphoneOn }));

  test('may join as well, and then nothing is moved', async () => {
    call.doorway.goOn('add');
    await waitFor('the producer', () => server.media.producers.size === 1);
    expect(asked('room:move-here')).toBe(false);
    expect(call.getState().microphone.status).toBe('live');
  });

  test('stays muted after moving if muted there, although the microphone was on here', async () => {
    answerMove(false);
    call.doorway.goOn('move');
    await waitFor('the move', () => asked('room:move-here'));
    await inPhase('joined');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(call.getState().microphone.status).toBe('released');
    expect(asked('producer:create')).toBe(false);
  });

  test('is heard after moving if heard there, and not before', async () => {
    let requests: string[] = [];
    server.signaling.handlers.set('room:move-here', () => {
      requests = [...server.signaling.requests];
      return ok({ moved: 1, microphoneOn: true });
    });
    call.doorway.goOn('move');
    await waitFor(
      'the microphone to open again',
      () => capture.openings.length > 1 || call.devices.microphone.on,
    );
    if (call.getState().microphone.status === 'starting') capture.grant();
    await waitFor('the producer', () => server.media.producers.size === 1);
    expect(requests).not.toContain('producer:create');
  });

  test('chooses once', async () => {
    call.doorway.goOn('add');
    call.doorway.goOn('move');
    await inPhase('joined');
    expect(asked('room:move-here')).toBe(false);
  });

  test('leaves before choosing, with every device off', () => {
    call.leave();
    expect(call.getState().phase).toBe('left');
    expect(capture.live).toEqual([]);
  });
});

describe('somebody who waits', () => {
  let room: object;

  beforeEach(async () => {
    room = ROOM;
    server.signaling.rest = (path) =>
      path.endsWith('/join') ? { status: 200, body: { ...TOKEN, waits: true } } : { status: 200, body: room };
    server.signaling.handlers.set('room:knock', () => ok({ status: 'waiting' }));
  });

  test('reads for whom, and joins in the same breath when a host admits', async () => {
    const join = server.signaling.handlers.get('room:join')!;
    server.signaling.handlers.set('room:join', () => refused('not_admitted'));
    void call.join();
    await inPhase('waiting');
    await waitFor('the room', () => call.getState().door.title === 'Choir');
    expect(call.getState().door).toEqual({ title: 'Choir', peopleInside: 1, lost: false });
    server.signaling.handlers.set('room:join', join);
    server.signaling.notify('door:admitted', {});
    await inPhase('joined');
  });

  test.each([
    [{ ...ROOM, settings: { ...DEFAULT_ROOM_SETTINGS, closesAt: 1 } }, 'room_closed'],
    [null, 'room_not_found'],
  ])('reads that the room is over, with every device off', async (found, code) => {
    if (found === null)
      server.signaling.rest = (path) =>
        path.endsWith('/join')
          ? { status: 200, body: { ...TOKEN, waits: true } }
          : { status: 404, body: { error: { code, message: 'No.' } } };
    else room = found;
    server.signaling.handlers.set('room:join', () => refused('not_admitted'));
    void call.join();
    await inPhase('failed');
    expect(call.getState().error?.code).toBe(code);
    expect(capture.live).toEqual([]);
  });
});
