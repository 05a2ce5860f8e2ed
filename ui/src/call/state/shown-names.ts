import type { PeerId } from '@parley/proto/ids';
import type { PeerRecord } from '@parley/proto/room';
import { nameKeys } from './name-keys.ts';

type Named = Pick<PeerRecord, 'peerId' | 'displayName' | 'joinedAt' | 'renamedAt'>;

/**
 * The name of each peer as the page shows it: of several peers of one name the first to take it keeps it, the next is
 * "Ana (2)". A person who takes the name of another one is marked, whoever joined first. Every browser of the call finds
 * the same names.
 */
export function shownNames(peers: Iterable<Named>): ReadonlyMap<PeerId, string> {
  const inOrder = Array.from(peers).sort(byName);
  const taken = new Set<string>();
  // Names without a like first: nobody is called "Ana (2)" after a person whose name that is.
  const firsts = new Set(inOrder.filter((peer) => take(keysOf(peer), taken)));
  const numbers = new Map<string, number>();
  return new Map(
    inOrder.map((peer) => [
      peer.peerId,
      firsts.has(peer) ? peer.displayName : numbered(peer.displayName, taken, numbers),
    ]),
  );
}

/** Compares peers by the order in which they took their names. */
function byName(a: Named, b: Named): number {
  return (a.renamedAt ?? a.joinedAt) - (b.renamedAt ?? b.joinedAt) || byJoin(a, b);
}

export function byJoin(a: Named, b: Named): number {
  return a.joinedAt === b.joinedAt ? a.peerId.localeCompare(b.peerId) : a.joinedAt - b.joinedAt;
}

/** `numbers`: the last number of each name, so that a hundred guests do not try every number. */
function numbered(name: string, taken: Set<string>, numbers: Map<string, number>): string {
  for (let number = (numbers.get(name) ?? 1) + 1; ; number += 1) {
    const candidate = `${name} (${number})`;
    if (!take(nameKeys(candidate), taken)) continue;
    numbers.set(name, number);
    return candidate;
  }
}

/** False if a name is taken that sounds or looks the same. */
function take(keys: readonly string[], taken: Set<string>): boolean {
  if (keys.some((key) => taken.has(key))) return false;
  for (const key of keys) taken.add(key);
  return true;
}

/** Records do not change, and the names of a room are looked at with each change in it. */
const known = new WeakMap<Named, readonly string[]>();

function keysOf(peer: Named): readonly string[] {
  const keys = known.get(peer) ?? nameKeys(peer.displayName);
  known.set(peer, keys);
  return keys;
}
