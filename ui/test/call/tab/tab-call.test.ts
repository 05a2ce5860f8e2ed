import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { roomCodeSchema } from '@parley/proto/ids';
import { newTraceId } from '../../../src/call/base/ids.ts';
import { TabCall, type Keeping } from '../../../src/call/tab/tab-call.ts';
import { tabRecord } from '../../../src/call/tab/tab-record.ts';
import { ROOM_CODE } from '../../support/records.ts';
import { MemoryStorage, useTab } from '../../support/session-storage.ts';
import { waitFor } from '../../support/wait-for.ts';

const OTHER_ROOM = roomCodeSchema.parse('bcde-fghj-kmn');
const MUTED: Keeping = {
  resumeSecret: 'the secret',
  traceId: newTraceId(),
  reportPass: 'the pass',
  reportMetrics: true,
  choice: {
    displayName: 'Ann',
    microphoneOn: false,
    cameraOn: true,
    microphoneId: 'mic-2',
    cameraId: null,
    speakerId: null,
  },
};

let tab: MemoryStorage;
const open: TabCall[] = [];

beforeEach(() => {
  tab = new MemoryStorage();
  useTab(tab);
});

afterEach(() => {
  for (const call of open.splice(0)) call.release();
  Reflect.deleteProperty(globalThis, 'sessionStorage');
});

async function inCall(): Promise<TabCall> {
  const call = TabCall.begin(ROOM_CODE);
  open.push(call);
  call.keep(MUTED);
  await waitFor('the call to be kept', () => call.isKept);
  return call;
}

async function claim(code = ROOM_CODE): Promise<TabCall | null> {
  const call = await TabCall.claim(code);
  if (call !== null) open.push(call);
  return call;
}

describe('the call of a tab', () => {
  test('is gone on with by the page that is loaded next, with everything that was kept', async () => {
    const before = await inCall();
    before.release();
    expect(TabCall.isKept(ROOM_CODE)).toBe(true);
    const next = await claim();
    expect(next?.left).toMatchObject(MUTED);
    expect(next?.isKept).toBe(true);
    // And by the page after that, with the secret that came meanwhile.
    next?.keep({ resumeSecret: 'the second secret' });
    next?.release();
    expect((await claim())?.left?.resumeSecret).toBe('the second secret');
  });

  test('is not gone on with in a tab that was duplicated: the copy is forgotten, the call is not', async () => {
    const original = await inCall();
    const copy = tab.copy();
    useTab(copy);
    expect(TabCall.isKept(ROOM_CODE)).toBe(true);
    expect(await claim()).toBeNull();
    expect(TabCall.isKept(ROOM_CODE)).toBe(false);
    // The microphone is off in the copy as well.
    expect(tabRecord.load().devices).toEqual({ microphoneOn: false, cameraOn: true });
    useTab(tab);
    expect(original.isKept).toBe(true);
    original.release();
    expect(await claim()).not.toBeNull();
  });

  test('is not gone on with after the person left, nor in another room', async () => {
    const before = await inCall();
    expect(await claim(OTHER_ROOM)).toBeNull();
    expect(TabCall.isKept(ROOM_CODE)).toBe(true);
    before.forget();
    before.keep({ resumeSecret: 'late' });
    expect(TabCall.isKept(ROOM_CODE)).toBe(false);
    expect(await claim()).toBeNull();
    expect(JSON.stringify(tab.getItem('parley.tab'))).not.toContain('secret');
  });

  test('leaves the call of a later page alone when it ends', async () => {
    const before = await inCall();
    before.release();
    const later = await inCall();
    before.forget();
    expect(later.isKept).toBe(true);
  });

  test('is kept only when all of it is known, and only where the browser stores it', async () => {
    const call = TabCall.begin(ROOM_CODE);
    open.push(call);
    call.keep({ choice: MUTED.choice });
    await waitFor('the devices', () => tabRecord.load().devices !== null);
    expect(call.isKept).toBe(false);
    useTab(null);
    call.keep(MUTED);
    expect(call.isKept).toBe(false);
    expect(await claim()).toBeNull();
  });

  test('is not kept if this page cannot claim it', async () => {
    const call = TabCall.begin(ROOM_CODE, async () => null);
    call.keep(MUTED);
    await Promise.resolve();
    expect(call.isKept).toBe(false);
    expect(TabCall.isKept(ROOM_CODE)).toBe(false);
    expect(tabRecord.load().devices).toEqual({ microphoneOn: false, cameraOn: true });
  });
});

describe('the record of a tab', () => {
  test.each([
    ['no object', '7'],
    ['no JSON', '{'],
    ['a call without a secret', JSON.stringify({ call: { roomCode: ROOM_CODE } })],
    [
      'a malformed room',
      JSON.stringify({
        call: { ...MUTED, roomCode: '<script>', claimId: 'a' },
        devices: { microphoneOn: 'yes' },
      }),
    ],
    [
      'a choice that says nothing of the microphone',
      JSON.stringify({
        call: { ...MUTED, roomCode: ROOM_CODE, claimId: 'a', choice: { displayName: 'Ann' } },
      }),
    ],
  ])('that is %s is as good as none', (_, stored) => {
    tab.setItem('parley.tab', stored);
    expect(tabRecord.load()).toEqual({ call: null, devices: null });
  });
});
