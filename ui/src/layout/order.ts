/** Who was there keeps the place, who is new comes last, who left closes the gap. */
export function stableOrder<Id extends string>(previous: readonly Id[], members: readonly Id[]): Id[] {
  const present = new Set(members);
  const kept = previous.filter((id) => present.has(id));
  const known = new Set(kept);
  return [...kept, ...members.filter((id) => !known.has(id))];
}

export type SlotInput<Id extends string> = {
  previous: readonly Id[];
  members: readonly Id[];
  perPage: number;
  /** Which page is looked at, from 0. Only the first page brings speakers in; the others never move. */
  page: number;
  speaking: ReadonlySet<Id>;
  /** When each spoke last; absent: never. */
  lastSpokeAt: ReadonlyMap<Id, number>;
  /** These never give up their slot: oneself, who is pinned. */
  fixed: ReadonlySet<Id>;
};

/**
 * The order of tiles over all pages. Somebody who speaks off the first page changes places with whoever on it spoke
 * least recently and does not speak now; everybody else keeps the slot.
 */
export function assignSlots<Id extends string>(input: SlotInput<Id>): Id[] {
  const order = stableOrder(input.previous, input.members);
  if (input.page !== 0 || order.length <= input.perPage) return order;
  for (let slot = input.perPage; slot < order.length; slot += 1) {
    const speaker = order[slot];
    if (speaker === undefined || !input.speaking.has(speaker)) continue;
    const freed = leastRecentSlot(order, input);
    if (freed === null) break;
    const yielding = order[freed];
    if (yielding === undefined) break;
    order[freed] = speaker;
    order[slot] = yielding;
  }
  return order;
}

function leastRecentSlot<Id extends string>(order: readonly Id[], input: SlotInput<Id>): number | null {
  let found: { slot: number; at: number } | null = null;
  for (let slot = 0; slot < input.perPage; slot += 1) {
    const id = order[slot];
    if (id === undefined || input.fixed.has(id) || input.speaking.has(id)) continue;
    const at = input.lastSpokeAt.get(id) ?? Number.NEGATIVE_INFINITY;
    // Among those equally silent the last slot yields, so that the top of the page is the calmest.
    if (found === null || at <= found.at) found = { slot, at };
  }
  return found?.slot ?? null;
}
