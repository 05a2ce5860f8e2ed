import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { CallFailure } from '../../../src/call/base/call-failure.ts';
import { silentLog } from '../../../src/call/base/log.ts';
import {
  DISCONNECTED_GRACE_MS,
  RESTART_MAX,
  RESTART_PATIENCE_MS,
  TransportRecovery,
} from '../../../src/call/media/transport-recovery.ts';

let restarts: number;
let failWith: CallFailure | null;
let broken: (CallFailure | null)[];
let recovery: TransportRecovery;

beforeEach(() => {
  jest.useFakeTimers();
  restarts = 0;
  failWith = null;
  broken = [];
  recovery = new TransportRecovery({
    restart: async () => {
      restarts += 1;
      if (failWith !== null) throw failWith;
    },
    onBroken: (failure) => broken.push(failure),
    log: silentLog,
  });
  recovery.handleState('connecting');
});

afterEach(() => {
  recovery.close();
  jest.useRealTimers();
});

const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

describe('the recovery of a transport', () => {
  test('restarts ICE at once when the path failed', async () => {
    recovery.handleState('failed');
    await pass(0);
    expect(restarts).toBe(1);
  });

  test('gives a lost path a moment to come back by itself', async () => {
    recovery.handleState('disconnected');
    await pass(DISCONNECTED_GRACE_MS - 1);
    recovery.handleState('connected');
    await pass(60_000);
    expect(restarts).toBe(0);
  });

  test('restarts when it does not come back', async () => {
    recovery.handleState('disconnected');
    await pass(DISCONNECTED_GRACE_MS);
    expect(restarts).toBe(1);
  });

  test('makes a bounded number of attempts and then reports that the transport is broken', async () => {
    recovery.handleState('failed');
    await pass(RESTART_PATIENCE_MS * RESTART_MAX);
    expect(restarts).toBe(RESTART_MAX);
    expect(broken).toEqual([null]);
  });

  test('counts its attempts anew after the transport was connected', async () => {
    for (let round = 0; round < 5; round += 1) {
      recovery.handleState('failed');
      await pass(0);
      recovery.handleState('connected');
    }
    expect(restarts).toBe(5);
    expect(broken).toEqual([]);
  });

  test('waits for signaling without spending an attempt', async () => {
    failWith = new CallFailure('network_unreachable');
    recovery.handleState('failed');
    await pass(60_000);
    expect(restarts).toBe(1);
    for (let round = 0; round < RESTART_MAX + 1; round += 1) {
      recovery.resumed();
      await pass(0);
    }
    failWith = null;
    recovery.resumed();
    await pass(0);
    expect(restarts).toBe(RESTART_MAX + 3);
    expect(broken).toEqual([]);
  });

  test('reports at once that the transport is broken when the server does not know it', async () => {
    failWith = new CallFailure('transport_not_found');
    recovery.handleState('failed');
    await pass(0);
    expect(broken.map((failure) => failure?.code)).toEqual(['transport_not_found']);
  });

  test('restarts on a change of network, but not a transport that never began', async () => {
    recovery.restart();
    await pass(0);
    expect(restarts).toBe(1);
    const fresh = new TransportRecovery({
      restart: async () => void (restarts += 1),
      onBroken: () => {},
      log: silentLog,
    });
    fresh.restart();
    await pass(0);
    expect(restarts).toBe(1);
    fresh.close();
  });

  test('goes on restarting for a network that keeps changing while the path holds', async () => {
    recovery.handleState('connected');
    for (let change = 0; change < 10; change += 1) {
      recovery.restart();
      await pass(0);
    }
    expect(restarts).toBe(10);
    expect(broken).toEqual([]);
  });

  test('does not give up a path that holds because the server refuses another', async () => {
    failWith = new CallFailure('rate_limited');
    recovery.handleState('connected');
    for (let change = 0; change < RESTART_MAX + 2; change += 1) {
      recovery.restart();
      await pass(0);
    }
    expect(broken).toEqual([]);
  });

  test('does nothing after it is closed', async () => {
    recovery.handleState('disconnected');
    recovery.close();
    recovery.handleState('failed');
    recovery.restart();
    await pass(60_000);
    expect(restarts).toBe(0);
  });
});
