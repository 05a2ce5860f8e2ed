import { clientNetworks } from '@parley/common/limits';
import type { ClientMetrics } from '@parley/proto/rest';
import { Gauge, type Registry } from 'prom-client';

/** Reports are looked at for one to two of these. */
const PERIOD_MS = 5 * 60_000;
/** Beyond this, further networks are not looked at in this period. */
const NETWORKS_MAX = 5_000;
/** Below this the share of frozen seconds says little. */
const WATCHED_LEAST_S = 20;
const FROZEN_SHARE = 0.03;
const SLOW_S = 3;

const TROUBLES = ['frozen', 'slow_first_frame'] as const;
type Trouble = (typeof TROUBLES)[number];

/** Sums of the reports of one network. */
type Sums = { watched: number; frozen: number; firstFrames: number; slowFirstFrames: number };
type Period = Map<string, Sums>;

/**
 * Counts the networks that report trouble, for alerts. Anybody can invent reports, and as many as they like; here all reports of
 * one network (an IPv4 address, a /48 of IPv6) count as one. So nobody alone can raise an alert, or hide the trouble of others.
 */
export class QualityWatch {
  readonly #now: () => number;
  #begunAt: number;
  #current: Period = new Map();
  #previous: Period = new Map();

  constructor(registry: Registry, now: () => number = () => performance.now()) {
    this.#now = now;
    this.#begunAt = now();
    const gauge = (name: string, help: string, read: (trouble: Trouble) => number) =>
      new Gauge({
        name,
        help,
        labelNames: ['trouble'],
        registers: [registry],
        collect() {
          for (const trouble of TROUBLES) this.set({ trouble }, read(trouble));
        },
      });
    gauge(
      'parley_client_networks',
      'Networks whose browsers reported lately what shows whether they have this trouble',
      (trouble) => this.count(trouble).all,
    );
    gauge(
      'parley_client_networks_in_trouble',
      'Networks whose browsers reported lately that pictures stand still more than 3 % of the time, or that the first one took more than 3 s',
      (trouble) => this.count(trouble).troubled,
    );
  }

  add(address: string, report: ClientMetrics): void {
    this.#turn();
    const network = clientNetworks(address).at(-1)?.key ?? address;
    const known = this.#current.get(network);
    if (known === undefined && this.#current.size >= NETWORKS_MAX) return;
    const sums = known ?? emptySums();
    this.#current.set(network, sums);
    sums.watched += report.watchedSeconds ?? 0;
    sums.frozen += report.frozenSeconds ?? 0;
    if (report.firstFrameSeconds === undefined) return;
    sums.firstFrames += 1;
    if (report.firstFrameSeconds > SLOW_S) sums.slowFirstFrames += 1;
  }

  /** How many networks have this trouble, of how many whose reports show it. */
  count(trouble: Trouble): { troubled: number; all: number } {
    this.#turn();
    let troubled = 0;
    let all = 0;
    for (const network of new Set([...this.#current.keys(), ...this.#previous.keys()])) {
      const state = judge(trouble, this.#current.get(network), this.#previous.get(network));
      if (state !== undefined) all += 1;
      if (state === true) troubled += 1;
    }
    return { troubled, all };
  }

  #turn(): void {
    const periods = Math.floor((this.#now() - this.#begunAt) / PERIOD_MS);
    if (periods < 1) return;
    this.#previous = periods === 1 ? this.#current : new Map();
    this.#current = new Map();
    this.#begunAt += periods * PERIOD_MS;
  }
}

/** Undefined if the reports do not show it. */
function judge(trouble: Trouble, one = emptySums(), other = emptySums()): boolean | undefined {
  if (trouble === 'frozen') {
    const watched = one.watched + other.watched;
    return watched < WATCHED_LEAST_S ? undefined : one.frozen + other.frozen > FROZEN_SHARE * watched;
  }
  const firstFrames = one.firstFrames + other.firstFrames;
  return firstFrames === 0 ? undefined : 2 * (one.slowFirstFrames + other.slowFirstFrames) >= firstFrames;
}

function emptySums(): Sums {
  return { watched: 0, frozen: 0, firstFrames: 0, slowFirstFrames: 0 };
}
