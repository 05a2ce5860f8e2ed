import { describe, expect, test } from '@jest/globals';
import { Scheduler } from '../../../src/call/base/scheduler.ts';
import { deferred, settle, waitFor } from '../../support/wait-for.ts';

describe('the scheduler', () => {
  test('runs once for many wishes of one task', async () => {
    let runs = 0;
    const scheduler = new Scheduler(async () => void (runs += 1));
    for (let wish = 0; wish < 5; wish += 1) scheduler.request(0);
    await settle();
    expect(runs).toBe(1);
  });

  test('starts what is due now in the same task, before any timer', async () => {
    let runs = 0;
    new Scheduler(async () => void (runs += 1)).request(0);
    await Promise.resolve();
    await Promise.resolve();
    expect(runs).toBe(1);
  });

  test('never runs two at a time, and runs once more for what came meanwhile', async () => {
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

  test('lets an earlier wish overtake a later one', async () => {
    let runs = 0;
    const scheduler = new Scheduler(async () => void (runs += 1));
    scheduler.request(60_000);
    scheduler.request(1);
    await waitFor('the run', () => runs === 1);
    scheduler.close();
  });

  test('runs for each wish that comes after the run before', async () => {
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
