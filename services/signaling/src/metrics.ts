import { clientNetworks, RecentNetworks } from '@parley/common/limits';
import { ERROR_CODES, type ErrorCode } from '@parley/proto/errors';
import { REQUESTS, type Notification, type RequestName } from '@parley/proto/requests';
import type { PlacementCause } from './nodes/placement.ts';
import { TRANSPORT_ENDS, type TransportEnd } from './socket/transport.ts';
import type { LeaveReason } from './store/live-room-store.ts';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { RETAINED, type Retained } from './database/retention.ts';

const REQUEST_BUCKETS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const RECONNECT_BUCKETS_SECONDS = [0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 20, 30, 60, 120];

/** `ok` or the error's code. */
type Outcome = ErrorCode | 'ok';
export type RefusedConnection = 'origin' | 'handshakes' | ErrorCode;
type MediaResetReason = Notification<'media:reset'>['reason'];
type Audience = 'everybody' | 'private';

/** Counts of this instance. */
export type LocalCounts = {
  sockets: number;
  /** Networks with a socket. */
  addresses: number;
  /** Connections whose peer is not in a room yet. */
  halfOpen: number;
  /** People who wait before a room with a socket here. */
  waiting: number;
  /** People with a socket here whose media is open before their join. */
  lobby: number;
  /** People with a socket here who follow before their join who is in the room. */
  watching: number;
  /** Rooms that this instance serves. */
  localRooms: number;
  /** Those of them with people on more than one media node. */
  roomsOverNodes: number;
  /** Peers with a request that runs or waits. */
  queued: number;
  /** Peers whose release a media node has not confirmed. */
  pendingReleases: number;
};

/** Counts of the store of live rooms. */
export type StoredCounts = { rooms: number; peers: number };
export type Counts = LocalCounts & StoredCounts;

const LOCAL: Readonly<Record<keyof LocalCounts, [name: string, help: string]>> = {
  sockets: ['sockets', 'Open sockets of this instance'],
  addresses: ['addresses', 'Networks of clients that have a socket to this instance'],
  halfOpen: ['half_open_transports', 'Connections whose peer is not in a room yet'],
  waiting: ['waiting_people', 'People who wait before a room with a socket to this instance'],
  lobby: ['lobby_people', 'People with a socket to this instance whose media is open before their join'],
  watching: [
    'watching_people',
    'People with a socket to this instance who follow before their join who is in the room',
  ],
  localRooms: ['local_rooms', 'Rooms that this instance serves'],
  roomsOverNodes: [
    'rooms_over_nodes',
    'Rooms that this instance serves with people on more than one media node',
  ],
  queued: ['queued_peers', 'Peers with a request that runs or waits'],
  pendingReleases: ['pending_releases', 'Departed peers whose media is not released yet'],
};
const STORED: Readonly<Record<keyof StoredCounts, string>> = {
  rooms: 'Rooms with somebody in them; instances that share a store all say the same',
  peers: 'Peers in rooms; instances that share a store all say the same',
};

const OUTCOMES: readonly Outcome[] = ['ok', ...ERROR_CODES];
const REFUSALS: readonly RefusedConnection[] = [
  'origin',
  'handshakes',
  'rate_limited',
  'token_expired',
  'unavailable',
];
const LEAVE_REASONS: readonly LeaveReason[] = [
  'left',
  'timed-out',
  'failed',
  'secret-reused',
  'unreachable',
  'unused',
  'over-limit',
  'removed',
  'banned',
  'call-ended',
  'ended-by-operator',
  'moved',
];
const RESET_REASONS: readonly MediaResetReason[] = ['worker-died', 'node-lost', 'timed-out', 'room-moved'];
const PLACEMENT_CAUSES: readonly PlacementCause[] = ['first', 'known', 'nearer', 'space'];
const AUDIENCES: readonly Audience[] = ['everybody', 'private'];

/** Every metric of this service. Labels are closed sets: never a room, a peer or an address. */
export class SignalingMetrics {
  readonly #registry: Registry;
  readonly #requests: Histogram<'verb' | 'code'>;
  readonly #joins: Counter<'outcome'>;
  readonly #joinDuration: Histogram;
  readonly #resumes: Counter<'outcome'>;
  readonly #networksResumed = new RecentNetworks();
  readonly #reconnectDuration: Histogram;
  readonly #left: Counter<'reason'>;
  readonly #mediaResets: Counter<'reason'>;
  readonly #placements: Counter<'node'>;
  readonly #watchesLost: Counter;
  readonly #refused: Counter<'reason'>;
  readonly #cut: Counter<'why'>;
  readonly #chat: Counter<'audience'>;
  readonly #resyncs: Counter<'outcome'>;
  readonly #restored: Counter;
  readonly #retained: Counter<'what'>;
  readonly #retentions: Counter<'outcome'>;

  constructor(registry: Registry) {
    this.#registry = registry;
    const registers = [registry];
    const counter = <L extends string = never>(
      name: string,
      help: string,
      labelNames: L[] = [],
    ): Counter<L> => new Counter({ name: `parley_signaling_${name}`, help, labelNames, registers });
    const histogram = <L extends string = never>(
      name: string,
      help: string,
      buckets: number[],
      labelNames: L[] = [],
    ): Histogram<L> =>
      new Histogram({ name: `parley_signaling_${name}`, help, labelNames, buckets, registers });
    this.#requests = histogram(
      'request_seconds',
      'Socket requests answered, by verb and code: ok or the code of the error',
      REQUEST_BUCKETS_SECONDS,
      ['verb', 'code'],
    );
    this.#joins = counter('joins_total', 'Attempts to join a room', ['outcome']);
    this.#joinDuration = histogram(
      'join_seconds',
      'From the request to join to its reply, of joins that succeeded',
      REQUEST_BUCKETS_SECONDS,
    );
    this.#resumes = counter('resumes_total', 'Attempts to come back after a lost socket', ['outcome']);
    this.#reconnectDuration = histogram(
      'reconnect_seconds',
      'From the loss of a socket, as far as it was noticed, to the return of its peer',
      RECONNECT_BUCKETS_SECONDS,
    );
    this.#left = counter('peers_left_total', 'Peers that left', ['reason']);
    this.#mediaResets = counter('media_resets_total', 'Peers notified that their media is gone', ['reason']);
    this.#placements = counter(
      'placements_total',
      'Peers placed on a media node: the first of their room, one that the room was on, or one more because it is much nearer or for want of space',
      ['node'],
    );
    this.#watchesLost = counter('media_watches_lost_total', 'Event streams of media nodes that broke');
    this.#refused = counter('connections_refused_total', 'Connections refused before they were accepted', [
      'reason',
    ]);
    this.#cut = counter('transports_cut_total', 'Connections that this server ended at once', ['why']);
    this.#chat = counter('chat_messages_total', 'Chat messages sent', ['audience']);
    this.#resyncs = counter('room_resyncs_total', 'Rooms compared with the store after it was away', [
      'outcome',
    ]);
    this.#restored = counter('peers_restored_total', 'Peers put back into a store that lost them');
    this.#retained = counter('retention_deleted_total', 'Rows deleted because their time was over', ['what']);
    this.#retentions = counter('retention_looks_total', 'Looks for rows whose time is over', ['outcome']);
    this.#observeNetworks();
    this.#beginAtZero();
  }

  /** Both functions run when Prometheus scrapes. The counts of the store are absent while it is away. */
  observeCounts(local: () => LocalCounts, stored: () => Promise<StoredCounts>): void {
    for (const key of Object.keys(LOCAL) as (keyof LocalCounts)[])
      this.#gauge(...LOCAL[key], () => local()[key]);
    for (const key of Object.keys(STORED) as (keyof StoredCounts)[])
      this.#gauge(key, STORED[key], async () => (await stored())[key]);
  }

  /** In milliseconds. Runs when Prometheus scrapes. Absent while the store is away. */
  observeInbox(oldestEventAge: () => Promise<number>): void {
    this.#gauge(
      'inbox_age_seconds',
      'For how long the oldest event has waited that another instance, or this one, sent to this instance',
      async () => (await oldestEventAge()) / 1000,
    );
  }

  requestAnswered(verb: RequestName | 'unknown', outcome: Outcome, seconds: number): void {
    this.#requests.observe({ verb, code: outcome }, seconds);
    if (verb === 'room:join') this.#joins.inc({ outcome });
    if (verb === 'room:join' && outcome === 'ok') this.#joinDuration.observe(seconds);
    if (verb === 'room:resume') this.#resumes.inc({ outcome });
  }

  /** An address of IPv6 counts by its /48: some have all of that. */
  resumedFrom(address: string): void {
    this.#networksResumed.add(clientNetworks(address).at(-1)?.key ?? address);
  }

  reconnected(seconds: number): void {
    this.#reconnectDuration.observe(Math.max(0, seconds));
  }

  connectionRefused(reason: RefusedConnection): void {
    this.#refused.inc({ reason });
  }

  transportCut(why: TransportEnd): void {
    this.#cut.inc({ why });
  }

  peerLeft(reason: LeaveReason): void {
    this.#left.inc({ reason });
  }

  mediaReset(reason: MediaResetReason): void {
    this.#mediaResets.inc({ reason });
  }

  peerPlaced(node: PlacementCause): void {
    this.#placements.inc({ node });
  }

  watchLost(): void {
    this.#watchesLost.inc();
  }

  chatSent(audience: Audience): void {
    this.#chat.inc({ audience });
  }

  roomResynced(outcome: 'ok' | 'failed'): void {
    this.#resyncs.inc({ outcome });
  }

  peerRestored(): void {
    this.#restored.inc();
  }

  retentionDeleted(what: Retained, count: number): void {
    this.#retained.inc({ what }, count);
  }

  retentionDone(outcome: 'ok' | 'failed'): void {
    this.#retentions.inc({ outcome });
  }

  #observeNetworks(): void {
    const networks = this.#networksResumed;
    const networksResumed = new Gauge({
      name: 'parley_signaling_networks_resumed',
      help: 'Networks from which peers came back after a lost socket in the last five to ten minutes',
      registers: [],
      collect() {
        this.set(networks.count);
      },
    });
    this.#registry.registerMetric(networksResumed);
  }

  /** Absent while `read` fails. */
  #gauge(name: string, help: string, read: () => number | Promise<number>): Gauge {
    return new Gauge({
      name: `parley_signaling_${name}`,
      help,
      registers: [this.#registry],
      async collect() {
        try {
          this.set(await read());
        } catch {
          this.remove();
        }
      },
    });
  }

  /** Without a zero a series appears with its first event, and `rate()` does not see that event. */
  #beginAtZero(): void {
    for (const what of RETAINED) this.#retained.inc({ what }, 0);
    for (const outcome of ['ok', 'failed'] as const) this.#retentions.inc({ outcome }, 0);
    for (const verb of Object.keys(REQUESTS)) this.#requests.zero({ verb, code: 'ok' });
    for (const outcome of OUTCOMES) {
      this.#joins.inc({ outcome }, 0);
      this.#resumes.inc({ outcome }, 0);
    }
    for (const reason of REFUSALS) this.#refused.inc({ reason }, 0);
    for (const why of TRANSPORT_ENDS) this.#cut.inc({ why }, 0);
    for (const reason of LEAVE_REASONS) this.#left.inc({ reason }, 0);
    for (const reason of RESET_REASONS) this.#mediaResets.inc({ reason }, 0);
    for (const node of PLACEMENT_CAUSES) this.#placements.inc({ node }, 0);
    for (const outcome of ['ok', 'failed']) this.#resyncs.inc({ outcome }, 0);
    for (const audience of AUDIENCES) this.#chat.inc({ audience }, 0);
  }
}
