import { afterEach, expect, test } from '@jest/globals';
import { waitFor } from '@parley/common/testing';
import { StatsPoller, type Polled } from '../../src/statistics/stats-poller.ts';

/** Counts how often it is read. */
class Source implements Polled {
  closed = false;
  idle = false;
  reads = 0;
  /** An answer that does not come, as from a frozen worker. */
  hangs = false;

  async read(): Promise<void> {
    this.reads += 1;
    if (this.hangs) await new Promise(() => undefined);
  }
}

let poller: StatsPoller;

afterEach(() => poller.close());

function fill(count: number, options = { intervalMs: 50, readsPerSecond: 1000 }): Source[] {
  poller = new StatsPoller(options);
  const sources = Array.from({ length: count }, () => new Source());
  for (const source of sources) poller.add(source);
  return sources;
}

test('reads each stream again and again, and none that was removed', async () => {
  const [kept, removed] = fill(2) as [Source, Source];
  poller.remove(removed);
  await waitFor(() => kept.reads >= 3);
  expect(removed.reads).toBe(0);
});

test('with more streams than the limit allows, each is read less often and none is left out', async () => {
  const begunAt = performance.now();
  const sources = fill(100, { intervalMs: 1, readsPerSecond: 80 });
  await waitFor(() => sources.every((source) => source.reads > 0));
  const reads = sources.reduce((sum, source) => sum + source.reads, 0);
  const seconds = (performance.now() - begunAt) / 1000;
  expect(reads).toBeLessThanOrEqual(80 * seconds + 20);
  expect(seconds).toBeGreaterThan(1);
});

test('a stream that does not answer is not asked again, and does not hold up the others', async () => {
  const [stuck, other] = fill(2) as [Source, Source];
  stuck.hangs = true;
  await waitFor(() => other.reads >= 3);
  expect(stuck.reads).toBe(1);
});

test('idle streams are left out until something happens again', async () => {
  const [quiet, other] = fill(2) as [Source, Source];
  quiet.idle = true;
  await waitFor(() => other.reads >= 2);
  expect(quiet.reads).toBe(0);
  quiet.idle = false;
  await waitFor(() => quiet.reads > 0);
});

test('reads nothing with an interval of 0, and nothing after close', async () => {
  const never = fill(1, { intervalMs: 0, readsPerSecond: 1000 });
  expect(poller.size).toBe(0);
  const [source] = fill(1) as [Source];
  await waitFor(() => source.reads > 0);
  poller.close();
  const { reads } = source;
  poller.add(source);
  expect(poller.size).toBe(0);
  const [other] = fill(1) as [Source];
  await waitFor(() => other.reads >= 3);
  expect([source.reads, never[0]?.reads]).toEqual([reads, 0]);
});
