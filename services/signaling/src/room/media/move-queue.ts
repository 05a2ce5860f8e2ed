import type { PeerId } from '@parley/proto/ids';

/** A usual move, from the request until the new media is open. */
const OPEN_MS = 500;
/** From then on until the new media carries everything, and the others receive that. */
const FOLLOW_MS = 2_500;
/** The next one does not wait longer for one whose page does nothing. */
const TURN_MS = 4_000;
/** Of the time in which a node stops, this share is planned for. */
const PLANNED_SHARE = 0.7;
/** Of a node that stops in order although this service does not. */
const USUAL_DRAIN_MS = 20_000;

/** A peer whose turn it is to move. */
export type Turn = { readonly peerId: PeerId; readonly since: number };

/**
 * Says whose turn it is, of the people of one room whose media node is about to stop. Each move is work for the browsers of all people in the room, so
 * there are as few at once as the time allows. Each instance has a queue of its own, and all of them come to the same turns, because they know the
 * same people in the same order.
 */
export class MoveQueue {
  readonly #drainMs: number;
  readonly #turns = new Map<PeerId, Turn>();
  /** Since when those without media have none. */
  readonly #opening = new Map<PeerId, number>();
  #concerned: ReadonlySet<PeerId> = new Set();
  /** When those who moved lately had opened their new media. */
  #opened: number[] = [];

  /** @param drainMs The time in which a node stops; 0: not known. */
  constructor(drainMs: number) {
    this.#drainMs = drainMs === 0 ? USUAL_DRAIN_MS : drainMs;
  }

  /**
   * The turns that are not over.
   *
   * @param waiting The people who are on such a node still, in the order of joining.
   * @param opening The people without media, who are on their way to another node.
   * @param size The number of people in the room.
   * @param now In milliseconds of a clock that never goes back.
   */
  turnsAt(
    waiting: readonly PeerId[],
    opening: readonly PeerId[],
    size: number,
    now: number,
  ): readonly Turn[] {
    this.#note(new Set(waiting), new Set(opening), now);
    const running = [...this.#turns.values()].filter(({ since }) => now - since < TURN_MS);
    const moving =
      [...this.#opening.values()].filter((since) => now - since < TURN_MS).length + this.#opened.length;
    const free = Math.max(0, this.#atOnce(size) - running.length - moving);
    const begun = this.#candidates(waiting, now)
      .slice(0, free)
      .map((peerId) => ({ peerId, since: now }));
    for (const turn of begun) this.#turns.set(turn.peerId, turn);
    return [...running, ...begun];
  }

  #note(waiting: ReadonlySet<PeerId>, opening: ReadonlySet<PeerId>, now: number): void {
    for (const peerId of this.#turns.keys()) if (!waiting.has(peerId)) this.#turns.delete(peerId);
    for (const peerId of this.#opening.keys()) if (!opening.has(peerId)) this.#opening.delete(peerId);
    for (const peerId of opening) if (!this.#opening.has(peerId)) this.#opening.set(peerId, now);
    const concerned = new Set([...waiting, ...opening]);
    for (const peerId of this.#concerned) if (!concerned.has(peerId)) this.#opened.push(now);
    this.#concerned = concerned;
    this.#opened = this.#opened.filter((at) => now - at < FOLLOW_MS);
  }

  /** Those who had no turn yet, and then those whose turn has passed without a move, the oldest turn first. */
  #candidates(waiting: readonly PeerId[], now: number): PeerId[] {
    const since = (peerId: PeerId): number => this.#turns.get(peerId)?.since ?? -Infinity;
    return waiting
      .filter((peerId) => now - since(peerId) >= TURN_MS)
      .toSorted((one, other) => Math.sign(since(one) - since(other)) || 0);
  }

  #atOnce(size: number): number {
    const moves = Math.max(1, Math.floor((this.#drainMs * PLANNED_SHARE) / (OPEN_MS + FOLLOW_MS)));
    return Math.ceil(size / moves);
  }
}
