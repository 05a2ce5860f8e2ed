import type { PeerId, PeerRecord } from '@parley/proto';

type Named = Pick<PeerRecord, 'peerId' | 'displayName' | 'joinedAt'>;

/**
 * The name of each peer as the page shows it: of several peers of one name the first to join keeps it, the next is
 * "Ana (2)". Every browser of the call finds the same names.
 */
export function shownNames(peers: Iterable<Named>): ReadonlyMap<PeerId, string> {
  const inOrder = Array.from(peers).sort(byJoin);
  const taken = new Set<string>();
  const shown = new Map<PeerId, string>();
  // Names without a like first: nobody is called "Ana (2)" after a person whose name that is.
  const firsts = new Map(inOrder.toReversed().map((peer) => [sound(peer.displayName), peer.peerId]));
  for (const key of firsts.keys()) taken.add(key);
  for (const { peerId, displayName } of inOrder) {
    if (firsts.get(sound(displayName)) === peerId) shown.set(peerId, displayName);
    else shown.set(peerId, numbered(displayName, taken));
  }
  return shown;
}

export function byJoin(a: Named, b: Named): number {
  return a.joinedAt === b.joinedAt ? a.peerId.localeCompare(b.peerId) : a.joinedAt - b.joinedAt;
}

function numbered(name: string, taken: Set<string>): string {
  for (let number = 2; ; number += 1) {
    const candidate = `${name} (${number})`;
    if (taken.has(sound(candidate))) continue;
    taken.add(sound(candidate));
    return candidate;
  }
}

/** Equal for names that look or sound the same. */
function sound(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .toLowerCase();
}
