import type { PeerId } from '@parley/proto/ids';
import type { Source } from '@parley/proto/rtp';
import { Conduct, FORGIVEN_AFTER_MS, type ConductOptions, type Sanction } from './conduct.ts';

/** A peer that sends. */
export type Sender = {
  readonly id: PeerId;
  /** Names where the peer comes from. Somebody who comes again as another peer has the same origin. */
  readonly origin: string;
  /** On the clock of `performance.now()`. */
  readonly openedAtMs: number;
};

type Hold = { readonly sinceMs: number; readonly lengthMs: number };

/** Enough for every peer of a large room. What has been known longest is forgotten first. */
const KEPT_MAX = 1000;
const ORIGIN_HOLD_MAX_MS = FORGIVEN_AFTER_MS;

/**
 * The peers of a room that sent too much, and where they came from. They are remembered while the room is open,
 * whatever they close meanwhile.
 */
export class Conducts {
  readonly #options: ConductOptions;
  readonly #now: () => number;
  readonly #conducts = new Map<PeerId, Conduct>();
  readonly #holds = new Map<string, Hold>();

  constructor(options: ConductOptions, now: () => number = () => performance.now()) {
    this.#options = options;
    this.#now = now;
  }

  strike({ id, origin }: Sender, source: Source | undefined): Sanction {
    const conduct = this.#conducts.get(id) ?? new Conduct(this.#options, this.#now);
    keep(this.#conducts, id, conduct);
    keep(this.#holds, origin, this.#nextHold(origin));
    return conduct.strike(source);
  }

  hasEnded(peerId: PeerId): boolean {
    return this.#conducts.get(peerId)?.ended === true;
  }

  /**
   * Whether a producer of this source may send to others now. Peers that come from where somebody has just sent too
   * much must wait; those who were there before need not.
   */
  mayRun({ id, origin, openedAtMs }: Sender, source: Source): boolean {
    const hold = this.#holds.get(origin);
    const isHeld =
      hold !== undefined && openedAtMs > hold.sinceMs && this.#now() < hold.sinceMs + hold.lengthMs;
    return !isHeld && (this.#conducts.get(id)?.mayRun(source) ?? true);
  }

  /** Twice as long as the last one, if that was not long ago. */
  #nextHold(origin: string): Hold {
    const sinceMs = this.#now();
    const last = this.#holds.get(origin);
    const isForgiven = last === undefined || sinceMs - last.sinceMs > FORGIVEN_AFTER_MS;
    const lengthMs = isForgiven ? this.#options.holdMs : Math.min(ORIGIN_HOLD_MAX_MS, last.lengthMs * 2);
    return { sinceMs, lengthMs };
  }
}

function keep<K, V>(map: Map<K, V>, key: K, value: V): void {
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > KEPT_MAX && oldest !== undefined) map.delete(oldest);
}
