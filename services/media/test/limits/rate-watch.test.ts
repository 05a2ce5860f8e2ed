import { afterEach, expect, test } from '@jest/globals';
import { waitFor } from '@parley/common/testing';
import { RateWatch, type NextLook, type Watched } from '../../src/limits/rate-watch.ts';

let watch: RateWatch;

afterEach(() => watch.close());

class Sender implements Watched {
  closed = false;
  looks = 0;
  next: NextLook = 'usual';
  reads = 1;
  answer: Promise<void> = Promise.resolve();

  async look() {
    this.looks += 1;
    await this.answer;
    return { reads: this.reads, next: this.next };
  }
}

function create(readsPerSecond = 1000, usual = 60_000): RateWatch {
  watch = new RateWatch({ after: { soon: 1, usual, calm: 60_000 }, readsPerSecond });
  return watch;
}

test('a new sender is looked at soon, and a calm one only after a while', async () => {
  const [suspect, calm] = [new Sender(), new Sender()];
  suspect.next = 'soon';
  create().add(suspect);
  watch.add(calm);
  await waitFor(() => suspect.looks >= 3);
  expect(calm.looks).toBe(1);
});

test('the readings of all looks together are limited', async () => {
  const senders = Array.from({ length: 100 }, () => new Sender());
  for (const sender of senders) sender.reads = 3;
  create(10);
  for (const sender of senders) watch.add(sender);
  const begun = performance.now();
  const looks = () => senders.reduce((sum, sender) => sum + sender.looks, 0);
  await waitFor(() => looks() >= 11);
  const seconds = (performance.now() - begun) / 1000;
  // Three readings each: the first looks are made before their cost is known.
  expect(looks()).toBeLessThanOrEqual(10 + (10 * (seconds + 0.1)) / 3);
});

test('a sender that does not answer is not asked again, and keeps nobody waiting', async () => {
  const [frozen, other] = [new Sender(), new Sender()];
  frozen.answer = new Promise(() => {});
  other.next = 'soon';
  create().add(frozen);
  watch.add(other);
  await waitFor(() => other.looks >= 3);
  expect(frozen.looks).toBe(1);
});

test('a sender whose look fails is looked at again, and one that is closed or removed is not', async () => {
  const [failing, closed, removed] = [new Sender(), new Sender(), new Sender()];
  failing.answer = Promise.reject(new Error('gone'));
  failing.answer.catch(() => {});
  create(1000, 1).add(failing);
  closed.closed = true;
  watch.add(closed);
  watch.add(removed);
  watch.remove(removed);
  await waitFor(() => failing.looks >= 2);
  expect([closed.looks, removed.looks]).toEqual([0, 0]);
});

test('a sender that has something new again and again is looked at all the same', async () => {
  const busy = new Sender();
  watch = new RateWatch({ after: { soon: 300, usual: 60_000, calm: 60_000 }, readsPerSecond: 1000 });
  await waitFor(() => {
    watch.add(busy);
    return busy.looks >= 2;
  });
});

test('nothing is looked at after the close', async () => {
  const sender = new Sender();
  create().add(sender);
  watch.close();
  watch.add(sender);
  expect(watch.size).toBe(0);
});
