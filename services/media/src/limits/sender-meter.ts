import { EventEmitter } from 'node:events';
import type { PeerProducer } from '../router/peer-producer.ts';
import type { PeerTransport } from '../router/peer-transport.ts';
import { RateGauge } from './rate-gauge.ts';
import type { NextLook, Watched } from './rate-watch.ts';
import { canHide, isAbove, type Rate, type SenderLimits } from './sender-limits.ts';

type SenderMeterEvents = {
  /**
   * The producer was above its limit twice in a row, or the peer was and this producer sends the most. Undefined if the
   * peer has no producer.
   */
  exceeded: [producer: PeerProducer | undefined];
};

type Measured = { producer: PeerProducer; rate: Rate };
type State = { readonly gauge: RateGauge; streak: number };

/** So many looks in a row above a limit count: one may be a burst. */
const STREAK = 2;

/**
 * What one peer sends, compared with its limits. The transport is read first: producers that cannot be above their
 * limits, because everything together is below, are not read.
 */
export class SenderMeter extends EventEmitter<SenderMeterEvents> implements Watched {
  readonly #transport: Pick<PeerTransport, 'readReceived'>;
  readonly #producers: () => readonly PeerProducer[];
  readonly #limits: SenderLimits;
  readonly #all: State = { gauge: new RateGauge(), streak: 0 };
  readonly #states = new WeakMap<PeerProducer, State>();
  #closed = false;

  constructor(
    transport: Pick<PeerTransport, 'readReceived'>,
    producers: () => readonly PeerProducer[],
    limits: SenderLimits,
  ) {
    super();
    this.#transport = transport;
    this.#producers = producers;
    this.#limits = limits;
  }

  get closed(): boolean {
    return this.#closed;
  }

  close(): void {
    this.#closed = true;
    this.removeAllListeners();
  }

  /** Call it for each new producer: its first rate is measured from now on. */
  begin(producer: PeerProducer): void {
    this.#states.set(producer, { gauge: new RateGauge(), streak: 0 });
  }

  async look(): Promise<{ reads: number; next: NextLook }> {
    const { bitsPerSecond } = this.#all.gauge.advance(await this.#transport.readReceived());
    const suspects = this.#producers().filter(({ source }) =>
      canHide(this.#limits.sources[source], bitsPerSecond),
    );
    const measured = await Promise.all(suspects.map((producer) => this.#measure(producer)));
    const reads = 1 + suspects.length;
    return this.#closed ? { reads, next: 'usual' } : { reads, next: this.#judge(measured, bitsPerSecond) };
  }

  async #measure(producer: PeerProducer): Promise<Measured> {
    const reading = await producer.readReceived();
    return { producer, rate: this.#state(producer).gauge.advance(reading) };
  }

  #judge(measured: readonly Measured[], bitsPerSecond: number): NextLook {
    const above = measured.filter(({ producer, rate }) =>
      isAbove(rate, this.#limits.sources[producer.source]),
    );
    const packetsPerSecond = measured.reduce((sum, { rate }) => sum + rate.packetsPerSecond, 0);
    const isPeerAbove = isAbove({ bitsPerSecond, packetsPerSecond }, this.#limits.peer);
    for (const producer of this.#producers()) {
      const isProducerAbove = above.some((one) => one.producer === producer);
      count(this.#state(producer), isProducerAbove);
    }
    count(this.#all, isPeerAbove);
    if (above.length === 0 && !isPeerAbove) return 'usual';
    const exceeding = this.#exceeding(measured);
    if (exceeding.length === 0) return 'soon';
    for (const producer of exceeding) this.emit('exceeded', producer);
    return 'calm';
  }

  /** Those who have reached the streak, which begins again. */
  #exceeding(measured: readonly Measured[]): (PeerProducer | undefined)[] {
    const producers = this.#producers().filter((producer) => takeStreak(this.#state(producer)));
    const isPeer = takeStreak(this.#all);
    return isPeer && producers.length === 0 ? [largest(measured) ?? this.#producers()[0]] : producers;
  }

  #state(producer: PeerProducer): State {
    const known = this.#states.get(producer);
    if (known !== undefined) return known;
    this.begin(producer);
    return this.#state(producer);
  }
}

function count(state: State, isAboveLimit: boolean): void {
  state.streak = isAboveLimit ? state.streak + 1 : 0;
}

function takeStreak(state: State): boolean {
  if (state.streak < STREAK) return false;
  state.streak = 0;
  return true;
}

function largest(measured: readonly Measured[]): PeerProducer | undefined {
  return measured.toSorted((a, b) => b.rate.bitsPerSecond - a.rate.bitsPerSecond)[0]?.producer;
}
