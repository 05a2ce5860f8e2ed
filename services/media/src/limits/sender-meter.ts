import { EventEmitter } from 'node:events';
import type { Source } from '@parley/proto/rtp';
import type { PeerProducer } from '../router/peer-producer.ts';
import type { PeerTransport } from '../router/peer-transport.ts';
import type { Reading } from '../statistics/reading.ts';
import { RateGauge } from './rate-gauge.ts';
import type { NextLook, Watched } from './rate-watch.ts';
import { canHide, isAbove, type Rate, type SenderLimits } from './sender-limits.ts';

type SenderMeterEvents = {
  /**
   * The source was above its limit twice in a row, or the peer was and this source sends the most. Undefined if the
   * peer sends nothing that belongs to a source.
   */
  exceeded: [source: Source | undefined];
};

type Readable = Pick<PeerTransport, 'readReceived'>;

export type SenderMeterOptions = {
  /** Undefined while the peer may send nothing. */
  sending: () => Readable | undefined;
  /** A browser sends little on it: reports about what it receives, and requests of key frames. */
  receiving: Readable;
  producers: () => readonly PeerProducer[];
  limits: SenderLimits;
};

type Measured = { source: Source; rate: Rate };

/** What is known of one source of the peer, over all producers that it has had. */
type State = {
  /** Undefined once a look has seen that it was closed. */
  producer: PeerProducer | undefined;
  gauge: RateGauge;
  streak: number;
  /** Whether a producer was closed since the last look. What it sent can no longer be read. */
  lost: boolean;
};

const NOTHING: Rate = { bitsPerSecond: 0, packetsPerSecond: 0 };
/** So many looks in a row above a limit count: one may be a burst. */
const STREAK = 2;
/** The receiving transport is read at the first of so many looks, and at each one while the peer is above its limit. */
const RECEIVING_EVERY = 4;

/**
 * What one peer sends, compared with its limits. The transport is read first: producers that cannot be above their
 * limits, because everything together is below, are not read.
 *
 * The looks above a limit count for the source, not for the producer, or a peer that closes its producer and makes it
 * again every second would never be above a limit twice.
 */
export class SenderMeter extends EventEmitter<SenderMeterEvents> implements Watched {
  readonly #options: SenderMeterOptions;
  /** Of the transport that is being read: another one counts from 0. */
  #sending: { readonly transport: Readable; readonly gauge: RateGauge } | undefined;
  readonly #receiving = new RateGauge();
  readonly #states = new Map<Source, State>();
  #received: Rate = NOTHING;
  #looks = 0;
  #streak = 0;
  #closed = false;

  constructor(options: SenderMeterOptions) {
    super();
    this.#options = options;
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
    const former = this.#states.get(producer.source);
    const lost = former?.producer !== undefined || former?.lost === true;
    const streak = former?.streak ?? 0;
    this.#states.set(producer.source, { producer, gauge: new RateGauge(), streak, lost });
  }

  async look(): Promise<{ reads: number; next: NextLook }> {
    const readsReceiving = this.#looks % RECEIVING_EVERY === 0 || this.#streak > 0;
    this.#looks += 1;
    const transport = this.#options.sending();
    const [sending, receiving] = await Promise.all([
      transport?.readReceived(),
      readsReceiving ? this.#options.receiving.readReceived() : undefined,
    ]);
    const sent = this.#sentOn(transport, sending);
    if (receiving !== undefined) this.#received = this.#receiving.advance(receiving);
    const suspects = this.#options
      .producers()
      .filter(({ source }) => canHide(this.#options.limits.sources[source], sent.bitsPerSecond));
    const measured = await Promise.all(suspects.map((producer) => this.#measure(producer)));
    const reads = Number(transport !== undefined) + Number(readsReceiving) + suspects.length;
    return this.#closed ? { reads, next: 'usual' } : { reads, next: this.#judge(measured, sent) };
  }

  #sentOn(transport: Readable | undefined, reading: Reading | undefined): Rate {
    if (transport === undefined || reading === undefined) return NOTHING;
    if (this.#sending?.transport !== transport) this.#sending = { transport, gauge: new RateGauge() };
    return this.#sending.gauge.advance(reading);
  }

  async #measure(producer: PeerProducer): Promise<Measured> {
    const reading = await producer.readReceived();
    return { source: producer.source, rate: this.#state(producer).gauge.advance(reading) };
  }

  #judge(measured: readonly Measured[], sent: Rate): NextLook {
    const above = new Set([...this.#lostAbove(measured, sent.bitsPerSecond), ...this.#above(measured)]);
    const isPeerAbove = isAbove(this.#ofPeer(measured, sent), this.#options.limits.peer);
    for (const [source, state] of this.#states) state.streak = above.has(source) ? state.streak + 1 : 0;
    this.#streak = isPeerAbove ? this.#streak + 1 : 0;
    if (above.size === 0 && !isPeerAbove) return 'usual';
    const exceeding = this.#exceeding(measured);
    if (exceeding.length === 0) return 'soon';
    for (const source of exceeding) this.emit('exceeded', source);
    return 'calm';
  }

  /** Everything together. Packets count for each transport alone, because their estimates may be too high. */
  #ofPeer(measured: readonly Measured[], sent: Rate): Rate {
    const counted = measured.reduce((sum, { rate }) => sum + rate.packetsPerSecond, 0);
    return {
      bitsPerSecond: sent.bitsPerSecond + this.#received.bitsPerSecond,
      packetsPerSecond: Math.max(counted, sent.packetsPerSecond, this.#received.packetsPerSecond),
    };
  }

  #above(measured: readonly Measured[]): Source[] {
    const { sources } = this.#options.limits;
    return measured.filter(({ source, rate }) => isAbove(rate, sources[source])).map(({ source }) => source);
  }

  /**
   * The sources of producers that were closed since the last look, if more has arrived than the present producers and
   * these sources may have sent.
   */
  #lostAbove(measured: readonly Measured[], sendingBits: number): Source[] {
    const present = new Set(this.#options.producers());
    const lost: Source[] = [];
    let explained = measured.reduce((sum, { rate }) => sum + rate.bitsPerSecond, 0);
    for (const [source, state] of this.#states) {
      const isClosed = state.producer !== undefined && !present.has(state.producer);
      if (isClosed) state.producer = undefined;
      if (!isClosed && !state.lost) continue;
      state.lost = false;
      lost.push(source);
      explained += this.#options.limits.sources[source].bitsPerSecond;
    }
    return sendingBits > explained ? lost : [];
  }

  /** Those who have reached the streak, which begins again. */
  #exceeding(measured: readonly Measured[]): (Source | undefined)[] {
    const sources = [...this.#states].filter(([, { streak }]) => streak >= STREAK).map(([source]) => source);
    for (const source of sources) this.#resetStreak(source);
    if (this.#streak < STREAK) return sources;
    this.#streak = 0;
    return sources.length > 0 ? sources : [largest(measured) ?? this.#options.producers()[0]?.source];
  }

  #resetStreak(source: Source): void {
    const state = this.#states.get(source);
    if (state !== undefined) state.streak = 0;
  }

  #state(producer: PeerProducer): State {
    const known = this.#states.get(producer.source);
    if (known?.producer === producer) return known;
    this.begin(producer);
    return this.#state(producer);
  }
}

function largest(measured: readonly Measured[]): Source | undefined {
  return measured.toSorted((a, b) => b.rate.bitsPerSecond - a.rate.bitsPerSecond)[0]?.source;
}
