import { expect, test } from '@jest/globals';
import { RestartBudget } from '../../../src/call/media/restart-budget.ts';

test('ICE restarts at most once in 5 s and five times in a minute', () => {
  const budget = new RestartBudget();
  const made: number[] = [];
  for (let now = 0; now <= 120_000; now += 500) {
    if (budget.waitMs(now) > 0) continue;
    budget.spend(now);
    made.push(now);
  }
  expect(made).toEqual([0, 5_000, 10_000, 15_000, 20_000, 60_000, 65_000, 70_000, 75_000, 80_000, 120_000]);
});

test('the wait for the next restart is as long as it has to be', () => {
  const budget = new RestartBudget();
  expect(budget.waitMs(0)).toBe(0);
  budget.spend(0);
  expect(budget.waitMs(2_000)).toBe(3_000);
});
