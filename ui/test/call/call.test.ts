import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Call } from '../../src/call/call.ts';
import { AFTER_MUTE } from '../../src/call/devices/after-mute.ts';
import type { JoinChoice } from '../../src/call/devices/join-choice.ts';
import { CallServer } from '../support/call-server.ts';
import { LISTENER, SPEAKER } from '../support/choices.ts';
import { peer, peerId, producer } from '../support/records.ts';
import { ok, refused } from '../support/signaling-server.ts';
import { makeTrack, ManualCapture } from '../support/tracks.ts';
import { settle, waitFor } from '../support/wait-for.ts';

let server: CallServer;
let capture: ManualCapture;
let page: EventTarget;
const calls: Call[] = [];

beforeEach(async () => {
  server = await CallServer.start();
  capture = new ManualCapture();
  page = new EventTarget();
  Object.assign(globalThis, { window: page });
});

afterEach(async () => {
  for (const call of calls.splice(0)) call.close();
  await server.stop();
  Reflect.deleteProperty(globalThis, 'window');
});

function makeCall(choice: JoinChoice = LISTENER): Call {
  const call = server.makeCall({ choice, capture });
  calls.push(call);
  return call;
}

async function joined(choice?: JoinChoice): Promise<Call> {
  const call = makeCall(choice);
  await call.join();
  await phase(call, 'joined');
  return call;
}

/** Joined with a microphone that the server has a producer of. */
async function speaking(): Promise<Call> {
  const call = await joined(SPEAKER);
  await grant();
  await waitFor('the producer', () => server.media.producers.size === 1);
  return call;
}

async function grant() {
  await waitFor('a device to be opened', () => capture.openings.length > 0);
  return capture.grant();
}

const phase = (call: Call, wanted: string) =>
  waitFor(`the phase ${wanted}`, () => call.getState().phase === wanted);
const notices = (call: Call) => call.getState().notices.map(({ kind }) => kind);

describe('a call before its join', () => {
  test('sends nothing and opens no device', async () => {
    const call = makeCall({ ...SPEAKER, cameraOn: true });
    call.setPictures([]);
    call.setHand(true);
    call.reactions.react('clap');
    await settle();
    expect(call.getState().phase).toBe('idle');
    expect([server.signaling.restCount, server.signaling.sockets.length]).toEqual([0, 0]);
    expect(capture.openings).toEqual([]);
  });

  test('that is closed stops the tracks it was given, and is not joined any more', async () => {
    const tracks = { microphone: makeTrack('audio'), camera: makeTrack('video') };
    const call = makeCall({ ...SPEAKER, tracks });
    call.close();
    call.close();
    await call.join();
    expect([tracks.microphone.readyState, tracks.camera.readyState]).toEqual(['ended', 'ended']);
    expect(call.getState().phase).toBe('idle');
    expect(server.signaling.restCount).toBe(0);
  });
});

describe('voices only', () => {
  test('turns the own camera off, and on again with the pictures', async () => {
    const call = await joined({ ...LISTENER, cameraOn: true });
    const first = await grant();
    await waitFor('the camera', () => call.getState().camera.status === 'live');
    call.economy.setPictureMode('none');
    expect([call.getState().pictureMode, call.devices.camera.on, first.readyState]).toEqual([
      'none',
      false,
      'ended',
    ]);
    call.economy.setPictureMode('all');
    await grant();
    await waitFor('the camera', () => call.getState().camera.status === 'live');
  });

  test('leaves a camera off that was off before', async () => {
    const call = await joined();
    call.economy.setPictureMode('none');
    call.economy.setPictureMode('few');
    await settle();
    expect([call.getState().pictureMode, capture.openings]).toEqual(['few', []]);
  });

  test('stops the pictures, and brings them back', async () => {
    server.media.peers = [peer('bob', { producers: [producer('bob-cam', 'camera')] })];
    const call = await joined();
    const shown = () => call.getState().participants[1]?.cameraTrack ?? null;
    call.setPictures([
      { peerId: peerId('bob'), source: 'camera', width: 640, height: 360, important: false },
    ]);
    await waitFor('the picture', () => shown() !== null);
    call.economy.setPictureMode('none');
    await waitFor('the picture to go', () => shown() === null);
    call.economy.setPictureMode('all');
    await waitFor('the picture to come back', () => shown() !== null);
  });
});

describe('a fault of the browser or the page', () => {
  const broken = (): unknown => JSON.parse('no JSON');

  test('before the join is sent ends the call with its error, and frees every device', async () => {
    const tracks = { microphone: makeTrack('audio'), camera: makeTrack('video') };
    Object.assign(tracks.camera, { addEventListener: broken });
    const call = makeCall({ ...SPEAKER, cameraOn: true, tracks });
    await call.join();
    expect([call.getState().phase, call.getState().error?.code]).toEqual(['failed', 'internal']);
    expect([tracks.microphone.readyState, tracks.camera.readyState]).toEqual(['ended', 'ended']);
  });

  test('in freeing one device does not keep the other open, nor the person in the call', async () => {
    const tracks = { microphone: makeTrack('audio'), camera: makeTrack('video') };
    const call = await joined({ ...SPEAKER, cameraOn: true, tracks });
    Object.assign(tracks.microphone, { stop: broken });
    call.leave();
    expect([call.getState().phase, tracks.camera.readyState]).toEqual(['left', 'ended']);
    await waitFor('the leave', () => server.signaling.requests.includes('room:leave'));
  });
});

describe('a join', () => {
  test('shows oneself first and the others in the order of joining', async () => {
    server.self = { joinedAt: 3000 };
    server.media.peers = [peer('cid', { joinedAt: 2000 }), peer('bob', { joinedAt: 1000 })];
    const call = makeCall();
    const join = call.join();
    expect(call.getState().phase).toBe('joining');
    expect(call.getState().traceId).not.toBeNull();
    await join;
    await phase(call, 'joined');
    await waitFor('the participants', () => call.getState().participants.length === 3);
    expect(call.getState().participants.map((participant) => participant.peerId)).toEqual([
      'me1',
      'bob',
      'cid',
    ]);
    expect(call.getState().selfId).toBe('me1');
    expect(call.getState().joinedAt).not.toBeNull();
  });

  test('happens once', async () => {
    const call = await joined();
    await call.join();
    expect(server.joins).toBe(1);
    call.leave();
    await call.join();
    expect(call.getState().phase).toBe('left');
    expect(server.joins).toBe(1);
  });

  test('waits for no device, and sends the microphone once it is open', async () => {
    const call = await joined(SPEAKER);
    expect(call.getState().microphone.status).toBe('starting');
    expect(server.media.producers.size).toBe(0);
    await grant();
    await waitFor('the producer', () => server.media.producers.size === 1);
    expect([...server.media.producers.values()]).toMatchObject([{ source: 'microphone', paused: false }]);
    await waitFor('the state', () => call.getState().participants[0]?.microphoneOn === true);
  });

  test('sends the tracks of the preview without opening a device', async () => {
    const tracks = { microphone: makeTrack('audio'), camera: null };
    await joined({ ...SPEAKER, tracks });
    await waitFor('the producer', () => server.media.producers.size === 1);
    expect(capture.openings).toEqual([]);
    expect(tracks.microphone.readyState).toBe('live');
  });

  test('that fails shows the error and frees the devices, also one that opens later', async () => {
    const tracks = { microphone: makeTrack('audio'), camera: null };
    server.refuseJoin('room_not_found');
    const call = makeCall({ ...SPEAKER, cameraOn: true, tracks });
    await call.join();
    expect(call.getState()).toMatchObject({
      phase: 'failed',
      error: { code: 'room_not_found', traceId: call.getState().traceId },
      microphone: { status: 'released' },
    });
    const late = await grant();
    await waitFor('the late camera to be freed', () => late.readyState === 'ended');
    expect(tracks.microphone.readyState).toBe('ended');
    expect(server.signaling.connected).toEqual([]);
  });
});

describe('leaving', () => {
  test('notifies the room, frees the devices and closes the socket', async () => {
    const call = await speaking();
    call.leave();
    expect(call.getState()).toMatchObject({ phase: 'left', error: null, participants: [] });
    expect(capture.live).toEqual([]);
    await waitFor('the goodbye', () => server.signaling.requests.includes('room:leave'));
    await waitFor('no socket', () => server.signaling.connected.length === 0);
  });

  test('happens in the task in which the page goes away', async () => {
    const call = await speaking();
    page.dispatchEvent(new Event('pagehide'));
    expect(call.getState().phase).toBe('left');
    expect(capture.live).toEqual([]);
    await waitFor('the goodbye', () => server.signaling.requests.includes('room:leave'));
  });

  test('during the join ends the join', async () => {
    const call = makeCall(SPEAKER);
    const join = call.join();
    call.leave();
    await join;
    expect(call.getState()).toMatchObject({ phase: 'left', error: null });
    const late = await grant();
    await waitFor('the late microphone to be freed', () => late.readyState === 'ended');
  });

  test('ends everything: later commands send nothing and open no device', async () => {
    const call = await speaking();
    call.close();
    call.close();
    const asked = server.signaling.requests.length;
    call.setHand(true);
    call.reactions.react('clap');
    call.chat.send('hello', null);
    await call.devices.setMicrophone(true);
    call.rename('Bob');
    await settle();
    expect(call.getState()).toMatchObject({ phase: 'left', notices: [], reactions: [] });
    expect(capture.openings).toEqual([]);
    expect(server.signaling.requests.slice(asked)).toEqual(
      server.signaling.requests.slice(asked).filter((name) => name === 'room:leave'),
    );
  });
});

describe('a rename', () => {
  const outcome = (call: Call) => call.getState().rename;

  test('is kept when the server has changed the name', async () => {
    const call = await joined();
    call.rename('Bob');
    await waitFor('the name', () => outcome(call).status === 'kept');
    expect(outcome(call).value).toBe('Bob');
    expect(notices(call)).toEqual([]);
  });

  test('that is refused says so and gives no notice', async () => {
    const call = await joined();
    server.signaling.handlers.set('peer:set-profile', () => refused('forbidden'));
    call.rename('Bob');
    await waitFor('the refusal', () => outcome(call).status === 'refused');
    expect(outcome(call)).toMatchObject({ value: 'Bob', failure: { code: 'forbidden' } });
    expect(notices(call)).toEqual([]);
  });

  test('while the socket is away comes to the server with the next one, and the newest name counts', async () => {
    const names: unknown[] = [];
    const call = await joined();
    server.signaling.handlers.set('peer:set-profile', (input) => {
      names.push((input as { displayName: string }).displayName);
      return ok({});
    });
    server.signaling.cut();
    await phase(call, 'reconnecting');
    call.rename('Bob');
    await settle();
    call.rename('Carl');
    expect(outcome(call)).toMatchObject({ status: 'sending', value: 'Carl', late: true });
    await waitFor('the name', () => outcome(call).status === 'kept');
    expect(names).toEqual(['Carl']);
    expect(notices(call)).toEqual(['reconnected']);
  });
});

describe('a lost socket', () => {
  test('is shown until the call is resumed, then a notice says so', async () => {
    const call = await joined();
    server.signaling.cut();
    await phase(call, 'reconnecting');
    await phase(call, 'joined');
    expect(notices(call)).toEqual(['reconnected']);
    expect(server.joins).toBe(1);
  });

  test('leads to a new peer if the old one is gone, and its sources are sent again', async () => {
    const call = await speaking();
    server.signaling.handlers.set('room:resume', () => refused('resume_rejected'));
    server.signaling.cut();
    await waitFor('the new peer', () => call.getState().selfId === peerId('me2'));
    await waitFor('the producer', () => server.media.producers.size === 1);
    expect([...server.media.producers.values()]).toMatchObject([{ source: 'microphone', paused: false }]);
    expect(capture.live).toHaveLength(1);
  });

  test('keeps a raised hand up over a rejoin', async () => {
    const call = await joined();
    call.setHand(true);
    await waitFor('the hand', () => server.signaling.requests.includes('peer:set-hand'));
    server.signaling.handlers.set('room:resume', () => refused('resume_rejected'));
    server.signaling.cut();
    const hands = () => server.signaling.requests.filter((name) => name === 'peer:set-hand').length;
    await waitFor('the hand again', () => hands() === 2);
  });
});

describe.each(AFTER_MUTE)('a muted microphone that is to be "%s"', (afterMute) => {
  async function muted(): Promise<Call> {
    const call = await speaking();
    call.devices.setAfterMute(afterMute);
    await call.devices.setMicrophone(false);
    expect(capture.heard).toEqual([]);
    await waitFor('the mute', () => [...server.media.producers.values()][0]?.paused === true);
    return call;
  }

  async function expectStillMuted(call: Call): Promise<void> {
    await settle();
    expect(call.getState().microphone.status).toBe('released');
    expect(capture.heard).toEqual([]);
    expect(capture.openings).toEqual([]);
    expect([...server.media.producers.values()].every(({ paused }) => paused)).toBe(true);
    expect(server.media.count('producer:create')).toBe(1);
  }

  test('stays muted when the call is resumed', async () => {
    const call = await muted();
    server.signaling.cut();
    await phase(call, 'reconnecting');
    await phase(call, 'joined');
    await expectStillMuted(call);
  });

  test('stays muted over a rejoin', async () => {
    const call = await muted();
    server.signaling.handlers.set('room:resume', () => refused('resume_rejected'));
    server.signaling.cut();
    await waitFor('the new peer', () => call.getState().selfId === peerId('me2'));
    await phase(call, 'joined');
    await expectStillMuted(call);
  });

  test('stays muted over a reset of the media', async () => {
    const call = await muted();
    server.signaling.notify('media:reset', { reason: 'worker-died' });
    await waitFor('the media', () => notices(call).includes('media-restored'));
    await expectStillMuted(call);
  });

  test.each<[string, (call: Call) => void]>([
    ['the person leaves', (call) => call.leave()],
    ['the page goes away', () => page.dispatchEvent(new Event('pagehide'))],
    [
      'another tab takes the call over',
      () => server.signaling.notify('session:ended', { reason: 'taken-over' }),
    ],
  ])('is free when %s', async (_what, act) => {
    const call = await muted();
    act(call);
    await waitFor('the end', () => ['left', 'failed'].includes(call.getState().phase));
    expect(capture.live).toEqual([]);
  });

  test('is heard again after the person unmutes', async () => {
    const call = await muted();
    const done = call.devices.setMicrophone(true);
    if (capture.openings.length > 0) capture.grant();
    await done;
    await waitFor('the sound', () => [...server.media.producers.values()][0]?.paused === false);
    expect(capture.heard).toHaveLength(1);
    expect(
      capture.tracks.filter((track) => track.kind === 'audio' && track.readyState === 'live'),
    ).toHaveLength(1);
  });
});

describe('a call', () => {
  test('that another tab took over fails and frees the devices', async () => {
    const call = await speaking();
    server.signaling.notify('session:ended', { reason: 'taken-over' });
    await phase(call, 'failed');
    expect(call.getState().error?.code).toBe('session_taken_over');
    expect(capture.live).toEqual([]);
  });

  test('shows a notice for a request that the server refused', async () => {
    const call = await joined();
    server.signaling.handlers.set('peer:set-hand', () => refused('forbidden'));
    call.setHand(true);
    await waitFor('the notice', () => notices(call).includes('request-failed'));
    call.notices.dismiss(call.getState().notices[0]!.id);
    expect(notices(call)).toEqual([]);
  });

  test('receives the pictures that the page shows', async () => {
    server.media.peers = [peer('bob', { producers: [producer('bob-cam', 'camera')] })];
    const call = await joined();
    call.setPictures([
      { peerId: peerId('bob'), source: 'camera', width: 640, height: 360, important: false },
    ]);
    await waitFor('the picture', () => call.getState().participants[1]?.cameraTrack?.kind === 'video');
  });
});
