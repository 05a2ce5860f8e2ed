import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { RecoveryReport } from '@parley/proto/rest';
import { CallFailure } from '../../../src/call/base/call-failure.ts';
import { silentLog } from '../../../src/call/base/log.ts';
import { LADDER } from '../../../src/call/media/ladder.ts';
import { GRACE_MS, Recovery } from '../../../src/call/media/recovery.ts';

let socketLives: boolean;
let flows: boolean;
let isLost: boolean;
let checks: number;
let restarts: number;
let reopened: number;
let failWith: CallFailure | null;
let reports: RecoveryReport[];
let recovery: Recovery;

beforeEach(() => {
  jest.useFakeTimers();
  socketLives = true;
  flows = false;
  isLost = true;
  checks = 0;
  restarts = 0;
  reopened = 0;
  failWith = null;
  reports = [];
  recovery = new Recovery({
    checkSocket: async () => {
      checks += 1;
      return socketLives;
    },
    restartIce: async () => {
      restarts += 1;
      if (failWith !== null) throw failWith;
    },
    reopen: () => (reopened += 1),
    flows: () => flows,
    isLost: () => isLost,
    onStep: () => {},
    onReport: (report) => reports.push(report),
    log: silentLog,
  });
});

afterEach(() => {
  recovery.close();
  jest.useRealTimers();
});

const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

describe('the recovery', () => {
  test('gives a path that may be lost a moment to come back by itself', async () => {
    recovery.handle('suspected');
    await pass(GRACE_MS - 1);
    flows = true;
    recovery.look();
    await pass(60_000);
    expect(recovery.step).toBe('steady');
    expect([checks, restarts, reopened]).toEqual([1, 0, 0]);
    expect(reports).toMatchObject([{ step: 'restart', outcome: 'recovered' }]);
  });

  test('restarts ICE when it does not, and is done when media flows', async () => {
    recovery.handle('suspected');
    await pass(GRACE_MS);
    expect(restarts).toBe(1);
    expect(recovery.step).toBe('restart');
    flows = true;
    recovery.look();
    expect(recovery.step).toBe('steady');
  });

  test('never restarts ICE over a dead socket: it waits for the resume, and then does not wait again', async () => {
    socketLives = false;
    recovery.handle('suspected');
    await pass(GRACE_MS);
    expect([recovery.step, restarts]).toEqual(['restart', 0]);
    recovery.handle('socket-lost');
    await pass(3_000);
    expect([recovery.step, restarts]).toEqual(['resume', 0]);
    socketLives = true;
    recovery.handle('resumed');
    await pass(0);
    expect([recovery.step, restarts]).toEqual(['restart', 1]);
    expect(reports).toMatchObject([
      { step: 'restart', outcome: 'interrupted' },
      { step: 'resume', outcome: 'recovered' },
    ]);
  });

  test('leaves ICE alone after a resume if media flows', async () => {
    isLost = false;
    recovery.handle('socket-lost');
    recovery.handle('resumed');
    await pass(GRACE_MS - 1);
    flows = true;
    recovery.look();
    await pass(60_000);
    expect([recovery.step, restarts, reopened]).toEqual(['steady', 0, 0]);
  });

  test('restarts ICE after a change of the network although media flows, also over a lost socket', async () => {
    flows = true;
    recovery.handle('network-changed');
    recovery.look();
    await pass(0);
    expect(restarts).toBe(1);
    recovery.look();
    expect(recovery.step).toBe('steady');
    await pass(60_000);
    socketLives = false;
    recovery.handle('network-changed');
    await pass(0);
    recovery.handle('socket-lost');
    socketLives = true;
    recovery.handle('resumed');
    recovery.look();
    await pass(0);
    expect(restarts).toBe(2);
  });

  test('restarts ICE for a network that keeps changing as often as the budget allows', async () => {
    flows = true;
    for (let change = 0; change < 55; change += 1) {
      recovery.handle('network-changed');
      await pass(1_000);
      recovery.look();
    }
    expect(restarts).toBe(5);
  });

  test('opens new transports when a restart has not helped in time, and again when these do not', async () => {
    recovery.handle('suspected');
    await pass(LADDER.restart.limitMs!);
    expect([recovery.step, reopened]).toEqual(['reopen', 1]);
    await pass(LADDER.reopen.limitMs!);
    expect([recovery.step, reopened]).toEqual(['reopen', 2]);
    flows = true;
    recovery.look();
    await pass(60_000);
    expect([recovery.step, reopened, restarts]).toEqual(['steady', 2, 1]);
    expect(reports.map(({ step, outcome }) => `${step} ${outcome}`)).toEqual([
      'restart overdue',
      'reopen overdue',
      'reopen recovered',
    ]);
    expect(reports[0]!.seconds).toBe(5);
  });

  test('opens new transports at once when the server does not know the old ones', async () => {
    failWith = new CallFailure('transport_not_found');
    recovery.handle('suspected');
    await pass(GRACE_MS);
    expect([recovery.step, reopened]).toEqual(['reopen', 1]);
  });

  test('waits for the end of the step when the server is too busy to restart ICE', async () => {
    failWith = new CallFailure('rate_limited');
    recovery.handle('suspected');
    await pass(GRACE_MS);
    expect([recovery.step, reopened]).toEqual(['restart', 0]);
    flows = true;
    recovery.look();
    expect(recovery.step).toBe('steady');
  });

  test('takes a second reset of the media for another one', () => {
    recovery.handle('media-gone');
    recovery.handle('media-gone');
    expect(reopened).toBe(2);
  });

  test('does nothing after it is closed', async () => {
    recovery.handle('suspected');
    recovery.close();
    recovery.handle('media-gone');
    await pass(60_000);
    expect([restarts, reopened]).toEqual([0, 0]);
  });
});
