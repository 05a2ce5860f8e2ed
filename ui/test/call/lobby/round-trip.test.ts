import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { measureRoundTrip, type ProbeConnection } from '../../../src/call/lobby/round-trip.ts';

const PROBES = [
  { host: '198.51.100.7', port: 40_101 },
  { host: '2001:db8::7', port: 40_102 },
];

/** What becomes of one try. Times are in milliseconds after the browser began to gather. */
type Try = { srflxAfter?: number; hostAfter?: number; completeAfter?: number; fails?: 'offer' | 'local' };

/** A connection that gathers as the test says. */
class FakeConnection extends EventTarget {
  iceGatheringState: RTCIceGatheringState = 'new';
  closed = 0;
  channels = 0;
  readonly #try: Try;

  constructor(wanted: Try) {
    super();
    this.#try = wanted;
  }

  createDataChannel(): RTCDataChannel {
    this.channels += 1;
    return {} as RTCDataChannel;
  }

  async createOffer(): Promise<RTCSessionDescriptionInit> {
    if (this.#try.fails === 'offer') throw new Error('not allowed');
    return { type: 'offer', sdp: '' };
  }

  async setLocalDescription(): Promise<void> {
    if (this.#try.fails === 'local') throw new Error('not allowed');
    const { hostAfter, srflxAfter, completeAfter } = this.#try;
    this.#later(hostAfter, () => this.#candidate('host'));
    this.#later(srflxAfter, () => this.#candidate('srflx'));
    this.#later(completeAfter, () => {
      this.iceGatheringState = 'complete';
      this.dispatchEvent(new Event('icegatheringstatechange'));
    });
  }

  close(): void {
    this.closed += 1;
  }

  #later(ms: number | undefined, task: () => void): void {
    if (ms !== undefined) setTimeout(() => this.closed === 0 && task(), ms);
  }

  #candidate(type: string): void {
    this.dispatchEvent(Object.assign(new Event('icecandidate'), { candidate: { type } }));
  }
}

describe('the round trip to a region', () => {
  let made: FakeConnection[];
  let asked: RTCConfiguration[];

  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick', 'setImmediate'] });
    [made, asked] = [[], []];
  });
  afterEach(() => void jest.useRealTimers());

  /** The result, and how long it took. */
  const measure = async (...tries: Try[]) => {
    const began = performance.now();
    const measuring = measureRoundTrip(PROBES, (configuration) => {
      asked.push(configuration);
      const connection = new FakeConnection(tries[made.length] ?? {});
      made.push(connection);
      return connection as unknown as ProbeConnection;
    });
    const done = new AbortController();
    void measuring.then(() => done.abort());
    while (!done.signal.aborted) await jest.advanceTimersByTimeAsync(1);
    return { rttMs: await measuring, tookMs: performance.now() - began };
  };

  test('is the shortest of three, each over a connection of its own that is closed at once', async () => {
    const { rttMs } = await measure({ hostAfter: 1, srflxAfter: 40 }, { srflxAfter: 20 }, { srflxAfter: 25 });
    expect(rttMs).toBe(20);
    expect(made.map(({ closed, channels }) => [closed, channels])).toEqual([
      [1, 1],
      [1, 1],
      [1, 1],
    ]);
  });

  test('is asked of all addresses of the region, and of nobody else', async () => {
    await measure();
    const urls = ['stun:198.51.100.7:40101', 'stun:[2001:db8::7]:40102'];
    expect(asked).toEqual(Array(3).fill({ iceServers: [{ urls }] }));
  });

  test('may be had from one answer of three', async () => {
    expect((await measure({}, { srflxAfter: 90 }, {})).rttMs).toBe(90);
  });

  test('is unknown where nothing answers within 300 ms, three times', async () => {
    const { rttMs, tookMs } = await measure({ hostAfter: 1 }, { srflxAfter: 301 }, {});
    expect(rttMs).toBeNull();
    expect(tookMs).toBeGreaterThanOrEqual(900);
    expect(tookMs).toBeLessThan(1_000);
    expect(made.map(({ closed }) => closed)).toEqual([1, 1, 1]);
  });

  test('is unknown where the page stood still before it got the answer', async () => {
    const began = performance.now();
    const now = jest.spyOn(performance, 'now');
    const after = (ms: number) => now.mockReturnValue(began + ms);
    const measuring = measureRoundTrip(PROBES, () => {
      after(0);
      const connection = new FakeConnection({ srflxAfter: 1 });
      connection.addEventListener('icecandidate', () => after(20_000));
      return connection as unknown as ProbeConnection;
    });
    await jest.advanceTimersByTimeAsync(10);
    now.mockRestore();
    expect(await measuring).toBeNull();
  });

  test('is unknown at once where the browser has nobody to ask', async () => {
    const { rttMs, tookMs } = await measure({ completeAfter: 3 }, { completeAfter: 3 }, { completeAfter: 3 });
    expect(rttMs).toBeNull();
    expect(tookMs).toBeLessThan(100);
  });

  test.each<Try>([{ fails: 'offer' }, { fails: 'local' }])(
    'is unknown in a browser that forbids it (%j), and nothing stays open',
    async (wanted) => {
      expect((await measure(wanted, wanted, wanted)).rttMs).toBeNull();
      expect(made.map(({ closed }) => closed)).toEqual([1, 1, 1]);
    },
  );

  test('is unknown where connections cannot be made at all', async () => {
    const none = measureRoundTrip(PROBES, () => {
      throw new Error('not allowed');
    });
    expect(await none).toBeNull();
  });
});
