import { describe, expect, test } from '@jest/globals';
import { Scheduler } from '../../../../src/call/base/time/scheduler.ts';
import { deferred, settle, waitFor } from '../../../support/wait-for.ts';

describe('the scheduler', () => {
  test('runs once for many requests in one task', async () => {
    let runs = 0;
    const scheduler = new Scheduler(async () => void (runs += 1));
    for (let wish = 0; wish < 5; wish += 1) scheduler.request(0);
    await settle();
    expect(runs).toBe(1);
  });

  test('starts a run that is due now in the same task, before any timer', async () => {
    let runs = 0;
    new Scheduler(async () => void (runs += 1)).request(0);
    await Promise.resolve();
    await Promise.resolve();
    expect(runs).toBe(1);
  });

  test('never has two runs at a time, and runs once more for requests that came meanwhile', async () => {
    const gates = [deferred<void>(), deferred<void>()];
    let running = 0;
    let most = 0;
    let runs = 0;
    const scheduler = new Scheduler(async () => {
      running += 1;
      most = Math.max(most, running);
      await gates[runs]?.promise;
      runs += 1;
      running -= 1;
    });
    scheduler.request(0);
    await settle();
    scheduler.request(0);
    scheduler.request(0);
    gates[0]!.resolve();
    await waitFor('the second run', () => runs === 1 && running === 1);
    gates[1]!.resolve();
    await waitFor('the end', () => runs === 2);
    await settle();
    expect([runs, most]).toEqual([2, 1]);
  });

  test('runs at the earlier of two requested times', async () => {
    let runs = 0;
    const scheduler = new Scheduler(async () => void (runs += 1));
    scheduler.request(60_000);
    scheduler.request(1);
    await waitFor('the run', () => runs === 1);
    scheduler.close();
  });

  test('runs again for a request that comes after a run', async () => {
    let runs = 0;
    const scheduler = new Scheduler(async () => void (runs += 1));
    scheduler.request(0);
    await settle();
    scheduler.request(0);
    await settle();
    expect(runs).toBe(2);
  });

  test('does nothing after it is closed', async () => {
    let runs = 0;
    const scheduler = new Scheduler(async () => void (runs += 1));
    scheduler.request(0);
    scheduler.close();
    scheduler.request(0);
    await settle();
    expect(runs).toBe(0);
  });
});
