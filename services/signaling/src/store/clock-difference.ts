/** How many exchanges the shortest is chosen from. */
const EXCHANGES_KEPT = 8;
/** Both clocks are read in whole milliseconds. */
const RESOLUTION_MS = 1;

type Exchange = { aheadMs: number; errorMs: number };

/**
 * By how much the clock of a server is ahead of that of this machine. The server may have read its clock at any moment between a request and
 * its reply, so the exchange that took least time is believed, until a later one contradicts it: then one of the clocks was set.
 */
export class ClockDifference {
  #kept: Exchange[] = [];

  /** In milliseconds; 0 before the first exchange. */
  get aheadMs(): number {
    const [best] = this.#kept.toSorted((a, b) => a.errorMs - b.errorMs);
    return best?.aheadMs ?? 0;
  }

  /** All three in milliseconds since the epoch: the first and the last by the clock of this machine. */
  exchanged(sentAt: number, serverTime: number, receivedAt: number): void {
    const exchange = {
      aheadMs: Math.round(serverTime - (sentAt + receivedAt) / 2),
      errorMs: Math.abs(receivedAt - sentAt) / 2 + RESOLUTION_MS,
    };
    const agreeing = this.#kept.filter((other) => agree(exchange, other));
    this.#kept = [...agreeing.slice(1 - EXCHANGES_KEPT), exchange];
  }
}

function agree(a: Exchange, b: Exchange): boolean {
  return Math.abs(a.aheadMs - b.aheadMs) <= a.errorMs + b.errorMs;
}
