import { ParleyError } from '@parley/proto/errors';

/** The load of a media node, for placement. */
export type NodeLoad = {
  id: string;
  /** It answered the last request for its status. */
  reachable: boolean;
  /** It accepts rooms that it does not have yet. */
  accepting: boolean;
  /** It is about to stop: nothing is placed there any more. */
  draining: boolean;
  /** CPU of the busiest worker, as a share of a core from 0 to 1. */
  cpu: number;
  /** With those that were placed there since its last status. */
  peers: number;
  /** The region that the node is in, if it has one. */
  region?: string | undefined;
  /** Ports that are left for links to other nodes; undefined: it is of a version before links, and cannot take part in any. */
  freePipePorts?: number | undefined;
};

/** Round trips of a client to the regions, in milliseconds. */
export type RoundTrips = ReadonlyMap<string, number>;

/** What is known of the peer that is to be placed. */
export type PlacementWish = {
  /** How many peers of the room are on each node. */
  room: ReadonlyMap<string, number>;
  /** Nodes that have just refused the peer for want of space, whatever their status says. */
  refused?: ReadonlySet<string> | undefined;
  /** A node that has something of the peer already. Among equals it is the first. */
  current?: string | undefined;
  /** Undefined or empty: all nodes count as equally near. */
  regionTimes?: RoundTrips | undefined;
};

/**
 * Why the node: the room was on none; it is one of the room's; it is one more, because it is much nearer to the peer, or because no node
 * of the room has space.
 */
export type PlacementCause = 'first' | 'known' | 'nearer' | 'space';
export type Choice = { readonly id: string; readonly as: PlacementCause };

/** A further node costs links between nodes, so it must save more than this of the round trip. */
export const WORTH_A_NODE_MS = 30;
/** The round trip to a region that was not measured: what did not answer counts as far. */
const UNMEASURED_MS = 300;

/**
 * The node for a peer: the one of the room that is nearest and has space, unless another one is nearer by more than 30 ms. A further node for want of space
 * is the nearest that accepts rooms; of equally near ones the least loaded. None is added that nobody could be linked with. Throws `media_unavailable` if no node answers, and `at_capacity` if none
 * takes the peer.
 */
export function chooseNode(nodes: readonly NodeLoad[], wish: PlacementWish): Choice {
  const usable = nodes.filter((node) => node.reachable && !node.draining);
  if (usable.length === 0) throw new ParleyError('media_unavailable');
  const takers = usable.filter(({ id }) => wish.refused?.has(id) !== true);
  const ranked = takers.toSorted((a, b) => compare(a, b, wish));
  // People who do not receive each other are worse than people who come later, or from further away.
  const others = usable.filter((node) => (wish.room.get(node.id) ?? 0) > 0);
  const linkable = others.filter(hasPort);
  const canLink = (node: NodeLoad): boolean => others.length === 0 || (hasPort(node) && linkable.length > 0);
  // One that has nobody of the room any more needs new links.
  const isOfRoom = (node: NodeLoad): boolean =>
    others.includes(node) || (wish.room.has(node.id) && canLink(node));
  const known = ranked.find((node) => isOfRoom(node) && node.accepting);
  const added = ranked.find((node) => !wish.room.has(node.id) && node.accepting && canLink(node));
  const isNearer = known && added && timeTo(known, wish) - timeTo(added, wish) > WORTH_A_NODE_MS;
  if (isNearer && linkable.length === others.length) return { id: added.id, as: 'nearer' };
  if (known) return { id: known.id, as: 'known' };
  if (added) return { id: added.id, as: wish.room.size === 0 ? 'first' : 'space' };
  // It takes no further room, but may still take a peer of one that it has.
  const full = ranked.find(isOfRoom);
  if (full === undefined) throw new ParleyError('at_capacity');
  return { id: full.id, as: 'known' };
}

/** The nearest first. Among equals the current one, then the one with most of the room, which needs fewest links, then the least loaded. */
function compare(a: NodeLoad, b: NodeLoad, wish: PlacementWish): number {
  const { room, current } = wish;
  return (
    timeTo(a, wish) - timeTo(b, wish) ||
    Number(b.id === current) - Number(a.id === current) ||
    (room.get(b.id) ?? 0) - (room.get(a.id) ?? 0) ||
    byLoad(a, b)
  );
}

/** Whether the node can take part in one more link. */
function hasPort({ freePipePorts = 0 }: NodeLoad): boolean {
  return freePipePorts > 0;
}

function timeTo({ region }: NodeLoad, { regionTimes }: PlacementWish): number {
  if (regionTimes === undefined || regionTimes.size === 0) return 0;
  return (region === undefined ? undefined : regionTimes.get(region)) ?? UNMEASURED_MS;
}

/** Compares CPU in steps of a tenth of a core. Smaller differences are noise, and the number of peers says more. */
function byLoad(a: NodeLoad, b: NodeLoad): number {
  return Math.round(a.cpu * 10) - Math.round(b.cpu * 10) || a.peers - b.peers || (a.id < b.id ? -1 : 1);
}
