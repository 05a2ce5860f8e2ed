import { traceIdSchema, type TraceId } from '@parley/proto/ids';
import { clientLogsSchema, type ClientLogs } from '@parley/proto/rest';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { CallFailure } from '../../../src/call/base/call-failure.ts';
import {
  BACKOFF_MAX_MS,
  LogShipper,
  QUEUE_MAX,
  SHIP_EVERY_MS,
} from '../../../src/call/telemetry/log-shipper.ts';

const [TRACE, OTHER] = ['ab', 'cd'].map((pair) => traceIdSchema.parse(pair.repeat(16))) as [TraceId, TraceId];

let sent: ClientLogs[];
let passes: string[];
let answer: () => Promise<void>;
let shipper: LogShipper;

beforeEach(() => {
  jest.useFakeTimers();
  sent = [];
  passes = [];
  answer = async () => {};
  shipper = new LogShipper({
    random: () => 1,
    send: (logs, pass) => {
      passes.push(pass);
      expect(clientLogsSchema.safeParse(logs).error).toBeUndefined();
      expect(new TextEncoder().encode(JSON.stringify(logs)).length).toBeLessThan(32 * 1024);
      sent.push(logs);
      return answer();
    },
  });
  shipper.admit(TRACE, 'pass');
});

afterEach(() => {
  shipper.close();
  jest.useRealTimers();
});

const say = (...marks: (string | number)[]) => {
  for (const mark of marks) shipper.log('info', 'joined', { mark });
};
const marks = (logs: ClientLogs | undefined) => logs?.lines.map(({ fields }) => fields?.['mark']);
const refuse = (code: 'rate_limited' | 'invalid_request') => () => Promise.reject(new CallFailure(code));

describe('the log shipper', () => {
  test('sends the lines of some seconds together, with the time of each', async () => {
    const begin = Date.now();
    say('a');
    await jest.advanceTimersByTimeAsync(1_000);
    say('b');
    expect(sent).toEqual([]);
    await jest.advanceTimersByTimeAsync(SHIP_EVERY_MS);
    expect(sent.map(marks)).toEqual([['a', 'b']]);
    expect(sent[0]?.lines.map(({ time }) => time - begin)).toEqual([0, 1_000]);
    expect(sent[0]!.sentAt - begin).toBe(SHIP_EVERY_MS);
    await jest.advanceTimersByTimeAsync(10 * SHIP_EVERY_MS);
    expect(sent).toHaveLength(1);
  });

  test('sends at once when the page goes away, and every line after that', () => {
    say('a');
    shipper.setLeaving(true);
    say('left');
    expect(sent.map(marks)).toEqual([['a'], ['left']]);
  });

  test('goes on as usual when the page comes back', async () => {
    shipper.setLeaving(true);
    shipper.setLeaving(false);
    say('a');
    expect(sent).toEqual([]);
    await jest.advanceTimersByTimeAsync(SHIP_EVERY_MS);
    expect(sent.map(marks)).toEqual([['a']]);
  });

  test('keeps lines that were refused for now, in order, and sends them less and less often', async () => {
    answer = refuse('rate_limited');
    say('a');
    await jest.advanceTimersByTimeAsync(SHIP_EVERY_MS);
    say('b');
    await jest.advanceTimersByTimeAsync(SHIP_EVERY_MS);
    expect(sent).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(SHIP_EVERY_MS);
    expect(sent.map(marks)).toEqual([['a'], ['a', 'b']]);
    await jest.advanceTimersByTimeAsync(60 * 60_000);
    const asked = sent.length;
    expect(asked).toBeLessThan(30);
    answer = async () => {};
    await jest.advanceTimersByTimeAsync(BACKOFF_MAX_MS);
    expect(marks(sent[asked])).toEqual(['a', 'b']);
    await jest.advanceTimersByTimeAsync(BACKOFF_MAX_MS);
    expect(sent).toHaveLength(asked + 1);
  });

  test('drops lines that the gateway will never accept, and logs how many', async () => {
    answer = refuse('invalid_request');
    say('a', 'b');
    await jest.advanceTimersByTimeAsync(SHIP_EVERY_MS);
    answer = async () => {};
    say('c');
    await jest.advanceTimersByTimeAsync(4 * SHIP_EVERY_MS);
    expect(sent).toHaveLength(2);
    expect(sent[1]?.lines).toMatchObject([
      { level: 'warn', message: 'log lines were lost', fields: { dropped: 2 } },
      { fields: { mark: 'c' } },
    ]);
  });

  test('drops the oldest lines when it has too many, and logs how many', async () => {
    answer = refuse('rate_limited');
    for (let n = 0; n < QUEUE_MAX + 50; n += 1) say(n);
    await jest.advanceTimersByTimeAsync(SHIP_EVERY_MS);
    answer = async () => {};
    await jest.advanceTimersByTimeAsync(10 * SHIP_EVERY_MS);
    const taken = sent.slice(1).flatMap(({ lines }) => lines);
    expect(taken[0]).toMatchObject({ message: 'log lines were lost', fields: { dropped: 50 } });
    expect(taken.slice(1).map(({ fields }) => fields?.['mark'])).toEqual(
      Array.from({ length: QUEUE_MAX }, (_, n) => n + 50),
    );
  });

  test('splits lines that are too many for one request', async () => {
    const long = 'é '.repeat(140);
    for (let n = 0; n < 100; n += 1) shipper.log('info', 'joined', { mark: n, a: long, b: long });
    await jest.advanceTimersByTimeAsync(20 * SHIP_EVERY_MS);
    expect(sent.length).toBeGreaterThan(1);
    expect(sent.flatMap(marks)).toEqual(Array.from({ length: 100 }, (_, n) => n));
  });

  test('keeps the lines of a call until the gateway has admitted it, and sends each with the pass of its call', async () => {
    shipper.log('info', 'join pressed', { traceId: OTHER, mark: 1 });
    shipper.log('info', 'left', { traceId: TRACE, mark: 2 });
    await jest.advanceTimersByTimeAsync(2 * SHIP_EVERY_MS);
    expect(sent.map(marks)).toEqual([[2]]);
    shipper.setLeaving(true);
    shipper.setLeaving(false);
    expect(sent).toHaveLength(1);
    shipper.admit(OTHER, 'another pass');
    shipper.log('info', 'left', { traceId: TRACE, mark: 3 });
    say('of the page');
    await jest.advanceTimersByTimeAsync(2 * SHIP_EVERY_MS);
    expect(sent.map(marks)).toEqual([[2], [1, 'of the page'], [3]]);
    expect(passes).toEqual(['pass', 'another pass', 'pass']);
  });

  test('sends nothing of a page that never joined', async () => {
    const fresh: ClientLogs[] = [];
    const visitor = new LogShipper({ send: async (logs) => void fresh.push(logs) });
    visitor.log('error', 'unhandled error', {});
    visitor.flush();
    await jest.advanceTimersByTimeAsync(10 * SHIP_EVERY_MS);
    visitor.close();
    expect(fresh).toEqual([]);
  });

  test('takes and sends nothing after it is closed', async () => {
    say('a');
    shipper.close();
    say('b');
    shipper.flush();
    await jest.advanceTimersByTimeAsync(10 * SHIP_EVERY_MS);
    expect(sent).toEqual([]);
  });
});
