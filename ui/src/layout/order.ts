/** Members of the previous order keep their order, new members come last. */
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
  /** The page that is shown, from 0. Only the first page brings speakers in. */
  page: number;
  speaking: ReadonlySet<Id>;
  /** The last turn in which a member spoke; absent: never. */
  lastSpokeAt: ReadonlyMap<Id, number>;
  /** Members that never give up their slot, such as oneself. */
  fixed: ReadonlySet<Id>;
};

/**
 * The order of tiles over all pages. If a member on a later page speaks, they change places with the member of the first page who is
 * silent now and spoke least recently. All others keep their slot.
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
    // Of two members who spoke equally long ago, the one further down yields, so that the top of the page moves least.
    if (found === null || at <= found.at) found = { slot, at };
  }
  return found?.slot ?? null;
}
