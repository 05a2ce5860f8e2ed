import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Call } from '../../src/call/call.ts';
import type { JoinChoice } from '../../src/call/devices/join-choice.ts';
import { TabCall } from '../../src/call/tab/tab-call.ts';
import { tabRecord } from '../../src/call/tab/tab-record.ts';
import { CallServer } from '../support/call-server.ts';
import { SPEAKER } from '../support/choices.ts';
import { producer, ROOM_CODE } from '../support/records.ts';
import { MemoryStorage, useTab } from '../support/session-storage.ts';
import { ok, refused } from '../support/signaling-server.ts';
import { ManualCapture } from '../support/tracks.ts';
import { settle, waitFor } from '../support/wait-for.ts';

let server: CallServer;
let capture: ManualCapture;
let page: EventTarget;
const calls: Call[] = [];

beforeEach(async () => {
  server = await CallServer.start();
  server.signaling.handlers.set('room:suspend', () => ok({}));
  capture = new ManualCapture();
  useTab(new MemoryStorage());
  loadPage();
});

afterEach(async () => {
  for (const call of calls.splice(0)) call.close();
  await server.stop();
  Reflect.deleteProperty(globalThis, 'window');
  Reflect.deleteProperty(globalThis, 'sessionStorage');
});

function loadPage(): void {
  page = new EventTarget();
  Object.assign(globalThis, { window: page });
}

function makeCall(tab: TabCall, choice: JoinChoice = SPEAKER): Call {
  const call = server.makeCall({ choice, tab, capture });
  calls.push(call);
  return call;
}

async function granted() {
  await waitFor('a device to be opened', () => capture.openings.length > 0);
  return capture.grant();
}

/** In the room with a microphone. */
async function speaking(): Promise<Call> {
  const tab = TabCall.begin(ROOM_CODE);
  const call = makeCall(tab);
  await call.join();
  await granted();
  await waitFor('the producer', () => server.media.producers.size === 1);
  await waitFor('the call to be kept', () => tab.isKept);
  return call;
}

/** The page goes away as in a reload, and the next one begins. */
async function reload(): Promise<Call | null> {
  page.dispatchEvent(new Event('pagehide'));
  return nextPage();
}

async function nextPage(): Promise<Call | null> {
  loadPage();
  capture.openings.length = 0;
  const tab = await TabCall.claim(ROOM_CODE);
  return tab === null || tab.left === null ? null : makeCall(tab, tab.left.choice);
}

const inRoom = (call: Call) =>
  waitFor('the call to go on', () => call.getState().phase === 'joined' && call.getState().selfId !== null);

describe('a page that is loaded again in a call', () => {
  test('goes on as the same peer, with the devices as they were', async () => {
    const before = await speaking();
    const { selfId, traceId } = before.getState();
    const call = await reload();
    await call?.join();
    await inRoom(call!);
    expect(call?.getState()).toMatchObject({ selfId, traceId });
    expect(server.signaling.requests).not.toContain('room:leave');
    expect(server.joins).toBe(1);
    await granted();
    await waitFor('the producer', () => server.media.producers.size === 1);
  });

  test('never opens a microphone that was muted', async () => {
    const before = await speaking();
    await before.devices.setMicrophone(false);
    await waitFor('the mute to be kept', () => tabRecord.load().call?.choice.microphoneOn === false);
    const call = await reload();
    await call?.join();
    await inRoom(call!);
    await settle();
    expect(capture.openings).toEqual([]);
    expect(call?.devices.microphone.on).toBe(false);
  });

  test('never opens a microphone that the server has as muted, whatever the tab has stored', async () => {
    await speaking();
    server.self = { producers: [{ ...producer('mic', 'microphone'), paused: true, pauseReason: 'muted' }] };
    const call = await reload();
    await call?.join();
    await inRoom(call!);
    await settle();
    expect(capture.openings).toEqual([]);
  });

  test('keeps a raised hand up', async () => {
    await speaking();
    server.self = { handRaisedAt: 1 };
    const call = await reload();
    await call?.join();
    await inRoom(call!);
    await settle();
    expect(server.signaling.requests).not.toContain('peer:set-hand');
  });

  test('comes back again after a reload in the middle of its return', async () => {
    await speaking();
    const second = await reload();
    page.dispatchEvent(new Event('pagehide'));
    second?.suspend();
    const third = await nextPage();
    await third?.join();
    await inRoom(third!);
    expect(server.joins).toBe(1);
  });

  test('says that its peer is gone, and forgets it', async () => {
    await speaking();
    server.signaling.handlers.set('room:resume', () => refused('resume_rejected'));
    const call = await reload();
    await call?.join();
    expect(call?.getState()).toMatchObject({ phase: 'failed', error: { code: 'resume_rejected' } });
    expect(TabCall.isKept(ROOM_CODE)).toBe(false);
    expect(tabRecord.load().devices).toEqual({ microphoneOn: true, cameraOn: false });
    expect(capture.openings).toEqual([]);
  });
});

describe('a page that goes away', () => {
  test('frees every device and notifies the server that it may come back', async () => {
    const call = await speaking();
    page.dispatchEvent(new Event('pagehide'));
    await waitFor('the request', () => server.signaling.requests.includes('room:suspend'));
    expect(call.devices.microphone.track).toBeNull();
    expect(server.signaling.requests).not.toContain('room:leave');
    await waitFor('the goodbye', () => server.goodbyes.length > 0);
    expect(server.goodbyes).toMatchObject([{ verb: 'room:suspend' }]);
  });

  test('leaves if the next page could not go on with the call', async () => {
    useTab(null);
    const call = makeCall(TabCall.begin(ROOM_CODE));
    await call.join();
    await inRoom(call);
    page.dispatchEvent(new Event('pagehide'));
    await waitFor('the leave', () => server.signaling.requests.includes('room:leave'));
    expect(call.getState().phase).toBe('left');
    await waitFor('the goodbye', () => server.goodbyes.length > 0);
    expect(server.goodbyes).toMatchObject([{ verb: 'room:leave' }]);
  });

  test('is not gone on with after the person left', async () => {
    const call = await speaking();
    call.leave();
    expect(await reload()).toBeNull();
    await waitFor('the leave', () => server.signaling.requests.includes('room:leave'));
    expect(server.signaling.requests).not.toContain('room:suspend');
  });
});
