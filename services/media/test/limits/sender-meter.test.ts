import { describe, expect, test } from '@jest/globals';
import { ParleyError } from '@parley/proto/errors';
import type { Source } from '@parley/proto/rtp';
import { SenderMeter } from '../../src/limits/sender-meter.ts';
import type { PeerProducer } from '../../src/router/peer-producer.ts';
import type { Reading } from '../../src/statistics/reading.ts';
import { TEST_LIMITS } from '../support/test-node.ts';

/** A stream or transport whose counts the test sets. */
class Counted {
  readonly source: Source;
  reads = 0;
  #bytes = 0;
  #packets = 0;
  #atMs = 0;

  constructor(source: Source) {
    this.source = source;
  }

  /** One second passes. */
  add(bitsPerSecond: number, packetsPerSecond = 50): void {
    this.#bytes += bitsPerSecond / 8;
    this.#packets += packetsPerSecond;
    this.#atMs += 1000;
  }

  readReceived(): Promise<Reading> {
    this.reads += 1;
    return Promise.resolve({ bytes: this.#bytes, packets: this.#packets, atMs: this.#atMs });
  }
}

const MBIT = 1_000_000;

type Amount = [bits: number, packets?: number];
type Second = {
  total: number;
  packets?: number;
  received?: number;
  receivedPackets?: number;
  microphone?: Amount;
  camera?: Amount;
};
const NOTHING: Amount = [0, 0];

async function measure(seconds: readonly Second[]) {
  const [transport, receiving] = [new Counted('camera'), new Counted('camera')];
  const producers = { microphone: new Counted('microphone'), camera: new Counted('camera') };
  const all = Object.values(producers) as unknown as PeerProducer[];
  const meter = new SenderMeter({
    sending: () => transport,
    receiving,
    producers: () => all,
    limits: TEST_LIMITS,
  });
  const exceeded: (Source | undefined)[][] = [];
  const next: string[] = [];
  meter.on('exceeded', (source) => exceeded.at(-1)?.push(source));
  // Enough that all are read: these readings are what later ones are compared with.
  for (let look = 0; look < 2; look += 1) {
    transport.add(11 * MBIT);
    await meter.look();
  }
  for (const second of seconds) {
    const { microphone = NOTHING, camera = NOTHING } = second;
    transport.add(second.total, second.packets);
    receiving.add(second.received ?? 0, second.receivedPackets);
    producers.microphone.add(...microphone);
    producers.camera.add(...camera);
    exceeded.push([]);
    next.push((await meter.look()).next);
  }
  return { exceeded, next, reads: [transport.reads, producers.microphone.reads, producers.camera.reads] };
}

const CALM: Second = { total: 1.7 * MBIT, microphone: [40_000], camera: [1.6 * MBIT, 260] };
const LOUD: Second = { total: 17.8 * MBIT, microphone: [17.8 * MBIT, 1900], camera: [0, 0] };

describe('what a peer sends', () => {
  test('is within its limits in an ordinary call', async () => {
    const { exceeded, next } = await measure([CALM, CALM, CALM]);
    expect(exceeded.flat()).toEqual([]);
    expect(next).toEqual(['usual', 'usual', 'usual']);
  });

  test('may be above a limit once', async () => {
    const { exceeded, next } = await measure([LOUD, CALM, LOUD, CALM]);
    expect(exceeded.flat()).toEqual([]);
    expect(next).toEqual(['soon', 'usual', 'soon', 'usual']);
  });

  test('is reported when a producer is above its limit twice in a row, and again if it stays there', async () => {
    const { exceeded, next } = await measure([LOUD, LOUD, LOUD, LOUD]);
    expect(exceeded).toEqual([[], ['microphone'], [], ['microphone']]);
    expect(next).toEqual(['soon', 'calm', 'soon', 'calm']);
  });

  test.each<[string, Second, Source]>([
    ['bits of a camera', { total: 7 * MBIT, camera: [6.5 * MBIT, 600] }, 'camera'],
    ['packets of a microphone', { total: 0.2 * MBIT, microphone: [0.1 * MBIT, 300] }, 'microphone'],
    ['packets of a camera', { total: 2 * MBIT, camera: [MBIT, 1600] }, 'camera'],
  ])('is limited by the %s', async (_what, second, source) => {
    const { exceeded } = await measure([second, second]);
    expect(exceeded).toEqual([[], [source]]);
  });

  test('is limited for all of a peer: the producer that sends the most is reported', async () => {
    const flood: Second = { total: 13 * MBIT, microphone: [0.1 * MBIT], camera: [5 * MBIT, 500] };
    expect((await measure([flood, flood])).exceeded).toEqual([[], ['camera']]);
  });

  test('is limited with what arrives on the transport that only receives', async () => {
    const flood: Second = { total: 0, received: 13 * MBIT };
    const { exceeded } = await measure([flood, flood, flood, flood, flood]);
    expect(exceeded.flat()).toEqual(['microphone']);
  });

  test('is limited by packets that belong to no producer', async () => {
    const stray: Second = { total: 2 * MBIT, packets: 4000 };
    expect((await measure([stray, stray])).exceeded.flat()).toEqual(['microphone']);
    const few: Second = { total: 2 * MBIT, packets: 3000 };
    expect((await measure([few, few])).exceeded.flat()).toEqual([]);
  });

  test('is limited by packets on the transport that only receives', async () => {
    const stray: Second = { total: 0, received: MBIT, receivedPackets: 4000 };
    expect((await measure([stray, stray, stray, stray, stray])).exceeded.flat()).toEqual(['microphone']);
  });

  test('costs one reading while everything together is less than a producer needs to be above its limit', async () => {
    const quiet: Second = { total: 20_000, microphone: [10_000, 20] };
    const { reads } = await measure([quiet, quiet, quiet]);
    expect(reads).toEqual([5, 2, 2]);
  });

  test('costs no reading of a camera while everything together is little for a camera', async () => {
    const talking: Second = { total: 60_000, microphone: [40_000, 50] };
    const { reads } = await measure([talking, talking]);
    expect(reads).toEqual([4, 4, 2]);
  });
});

describe('a peer that closes its microphone and makes it again', () => {
  /** In each second a new producer sends so much; it is still open when it is looked at, or is closed before that. */
  async function makeAgain(bits: number, seconds: number, isClosedBefore: (second: number) => boolean) {
    const transport = new Counted('camera');
    const open: PeerProducer[] = [];
    const meter = new SenderMeter({
      sending: () => transport,
      receiving: new Counted('camera'),
      producers: () => open,
      limits: TEST_LIMITS,
    });
    const exceeded: (Source | undefined)[] = [];
    meter.on('exceeded', (source) => exceeded.push(source));
    await meter.look();
    for (let second = 0; second < seconds; second += 1) {
      const microphone = new Counted('microphone');
      open.splice(0, 1, microphone as unknown as PeerProducer);
      meter.begin(open[0] as PeerProducer);
      transport.add(bits);
      microphone.add(bits);
      if (isClosedBefore(second)) open.splice(0, 1);
      await meter.look();
    }
    return exceeded;
  }

  test.each<[string, (second: number) => boolean]>([
    ['after each look', () => false],
    ['before each look', () => true],
    ['now before and now after a look', (second) => second % 2 === 0],
  ])('%s is reported like one that stays', async (_when, isClosedBefore) => {
    // The first rate of a producer is measured on the clock of the test, which hardly moves: two such looks count.
    expect(await makeAgain(8 * MBIT, 2, isClosedBefore)).toEqual(['microphone']);
  });

  test('is left alone while it sends what it may, and when it stops', async () => {
    expect(await makeAgain(0.1 * MBIT, 4, () => true)).toEqual([]);
    expect(await makeAgain(8 * MBIT, 1, () => true)).toEqual([]);
  });
});

test('a meter that is closed reports nothing, and a look that fails rejects', async () => {
  const failing = { readReceived: () => Promise.reject(new ParleyError('closed')) };
  const meter = new SenderMeter({
    sending: () => failing,
    receiving: failing,
    producers: () => [],
    limits: TEST_LIMITS,
  });
  await expect(meter.look()).rejects.toMatchObject({ code: 'closed' });
  meter.close();
  expect(meter.closed).toBe(true);
  expect(meter.listenerCount('exceeded')).toBe(0);
});

test('a meter reads no transport to send on while there is none, and begins anew with the next one', async () => {
  const camera = new Counted('camera');
  let sending: Counted | undefined;
  const meter = new SenderMeter({
    sending: () => sending,
    receiving: new Counted('camera'),
    producers: () => (sending === undefined ? [] : [camera as unknown as PeerProducer]),
    limits: TEST_LIMITS,
  });
  const exceeded: unknown[] = [];
  meter.on('exceeded', (source) => exceeded.push(source));
  expect(await meter.look()).toEqual({ reads: 1, next: 'usual' });
  expect((await meter.look()).reads).toBe(0);
  for (const transport of [new Counted('camera'), new Counted('camera')]) {
    sending = transport;
    for (let second = 0; second < 2; second += 1) {
      transport.add(9 * MBIT);
      camera.add(9 * MBIT);
      await meter.look();
    }
    expect(exceeded.splice(0)).toContain('camera');
  }
});
