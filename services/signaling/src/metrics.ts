import type { ErrorCode, RequestName } from '@parley/proto';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { LeaveReason } from './live/live-room-store.ts';

const REQUEST_BUCKETS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** `ok` or the error's code. */
type Outcome = ErrorCode | 'ok';
type RefusedConnection = 'origin' | 'address' | ErrorCode;

/** What is counted now, asked when Prometheus asks. */
export type Counts = {
  rooms: number;
  peers: number;
  sockets: number;
  /** Addresses with a socket. */
  addresses: number;
  /** Rooms that this instance serves. */
  localRooms: number;
  /** Peers with a request that runs or waits. */
  queued: number;
  /** Departed peers whose media is not released yet. */
  pendingReleases: number;
};

/** Every metric of this service. Labels are closed sets: never a room, a peer or an address. */
export class SignalingMetrics {
  readonly #requests: Histogram<'verb' | 'code'>;
  readonly #joins: Counter<'outcome'>;
  readonly #joinDuration: Histogram;
  readonly #resumes: Counter<'outcome'>;
  readonly #left: Counter<'reason'>;
  readonly #mediaResets: Counter<'reason'>;
  readonly #watchesLost: Counter;
  readonly #refused: Counter<'reason'>;
  readonly #chat: Counter<'audience'>;
  readonly #counts: Gauge<'what'>;
  #ask: (() => Promise<Counts>) | undefined;

  constructor(registry: Registry) {
    const registers = [registry];
    const counter = <L extends string>(name: string, help: string, labelNames: L[]): Counter<L> =>
      new Counter({ name: `parley_signaling_${name}`, help, labelNames, registers });
    const histogram = <L extends string>(name: string, help: string, labelNames: L[]): Histogram<L> =>
      new Histogram({
        name: `parley_signaling_${name}`,
        help,
        labelNames,
        buckets: REQUEST_BUCKETS_SECONDS,
        registers,
      });
    this.#requests = histogram('request_seconds', 'Socket requests answered', ['verb', 'code']);
    this.#joins = counter('joins_total', 'Attempts to join a room', ['outcome']);
    this.#joinDuration = histogram('join_seconds', 'From the request to join to its reply', []);
    this.#resumes = counter('resumes_total', 'Attempts to come back after a lost socket', ['outcome']);
    this.#left = counter('peers_left_total', 'Peers that left', ['reason']);
    this.#mediaResets = counter('media_resets_total', 'Peers told that their media is gone', ['reason']);
    this.#watchesLost = counter('media_watches_lost_total', 'Event streams of media nodes that broke', []);
    this.#refused = counter('connections_refused_total', 'Connections refused before they were accepted', [
      'reason',
    ]);
    this.#chat = counter('chat_messages_total', 'Chat messages sent', ['audience']);
    this.#counts = new Gauge({
      name: 'parley_signaling_live',
      help: 'What there is now, by what it is',
      labelNames: ['what'],
      registers,
      collect: () => this.#collect(),
    });
  }

  observeCounts(ask: () => Promise<Counts>): void {
    this.#ask = ask;
  }

  requestAnswered(verb: RequestName | 'unknown', outcome: Outcome, seconds: number): void {
    this.#requests.observe({ verb, code: outcome }, seconds);
    if (verb === 'room:join') this.#joins.inc({ outcome });
    if (verb === 'room:join' && outcome === 'ok') this.#joinDuration.observe(seconds);
    if (verb === 'room:resume') this.#resumes.inc({ outcome });
  }

  connectionRefused(reason: RefusedConnection): void {
    this.#refused.inc({ reason });
  }

  peerLeft(reason: LeaveReason): void {
    this.#left.inc({ reason });
  }

  mediaReset(reason: 'worker-died' | 'node-lost' | 'timed-out'): void {
    this.#mediaResets.inc({ reason });
  }

  watchLost(): void {
    this.#watchesLost.inc();
  }

  chatSent(audience: 'everybody' | 'private'): void {
    this.#chat.inc({ audience });
  }

  async #collect(): Promise<void> {
    const counts = await this.#ask?.().catch(() => undefined);
    for (const [what, value] of Object.entries(counts ?? {})) this.#counts.set({ what }, value);
  }
}
