import type { Count, PersonWishes, Receipt, Sending } from './load/commands.ts';
import { SMALL } from './rates.ts';

/** A stream that brought less of what was sent than this share does not count as received. */
const ENOUGH = 0.9;
/** Packets that were sent before the window and received in it, or the other way round. */
const AT_THE_EDGES = 3;

/** What people received in a window of time. */
export type Tally = {
  packets: number;
  bytes: number;
  /** Of the pictures and voices that had to arrive: what was sent, and what arrived of it. */
  expected: number;
  arrived: number;
  /** Packets of pictures that have not the size of the layer that was asked for. */
  otherLayers: number;
  /** People who received all of them. */
  complete: number;
  people: number;
  /** Packets that one camera sent of its smallest layer: their mean. */
  smallPackets: number;
};

/**
 * Compares what arrived with what these people wanted. A voice has to arrive if its person talks: the room holds silent ones back.
 */
export function tallyOf(
  wishes: readonly PersonWishes[],
  sendings: readonly Sending[],
  { sent, received }: Count,
): Tally {
  const layersOf = new Map(sent.map(({ producerId, layers }) => [producerId, layers]));
  const due = new Set(
    sendings.filter(({ source, talks }) => source === 'camera' || talks).map(({ producerId }) => producerId),
  );
  const receipts = new Map(received.map((receipt) => [`${receipt.person} ${receipt.producerId}`, receipt]));
  const tally = { ...sumOf(received), expected: 0, arrived: 0, otherLayers: 0, complete: 0 };
  for (const { person, wishes: wanted } of wishes) {
    let isComplete = true;
    for (const { producerId, layer } of wanted.filter((wish) => due.has(wish.producerId))) {
      const expected = layersOf.get(producerId)?.[layer ?? 0] ?? 0;
      const receipt = receipts.get(`${person} ${producerId}`);
      const arrived = receipt?.layers[layer ?? 0] ?? 0;
      tally.expected += expected;
      tally.arrived += arrived;
      tally.otherLayers += (receipt?.packets ?? 0) - arrived;
      if (arrived === 0 || arrived < ENOUGH * expected - AT_THE_EDGES) isComplete = false;
    }
    if (isComplete) tally.complete += 1;
  }
  const cameras = sendings.filter(({ source }) => source === 'camera');
  const small = cameras.map(({ producerId }) => layersOf.get(producerId)?.[SMALL] ?? 0);
  const smallPackets = small.reduce((sum, packets) => sum + packets, 0) / Math.max(1, cameras.length);
  return { ...tally, people: wishes.length, smallPackets };
}

function sumOf(received: readonly Receipt[]): { packets: number; bytes: number } {
  return {
    packets: received.reduce((sum, { packets }) => sum + packets, 0),
    bytes: received.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

/** Whether everybody receives all, and no packet of another layer. */
export function isSettled({ complete, people, otherLayers }: Tally): boolean {
  return complete === people && otherLayers === 0;
}

export function lostPercent({ expected, arrived }: Pick<Tally, 'expected' | 'arrived'>): number {
  return expected === 0 ? 0 : Math.max(0, 100 * (1 - arrived / expected));
}

/** How much more the busiest of them did than the least busy, in percent. */
export function spreadPercent(values: readonly number[]): number {
  return 100 * (Math.max(...values) / Math.min(...values) - 1);
}
