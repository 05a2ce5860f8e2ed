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
  peers: number;
  /** Where it is; undefined if it does not say. */
  region?: string | undefined;
};

/**
 * The id of the node for the next peer of a room: the room's current node if that answers and stays, otherwise the least loaded
 * node that accepts rooms. Throws `media_unavailable` if no node answers, and `at_capacity` if none accepts.
 */
export function chooseNode(nodes: readonly NodeLoad[], currentId?: string): string {
  const reachable = nodes.filter((node) => node.reachable && !node.draining);
  if (reachable.length === 0) throw new ParleyError('media_unavailable');
  if (reachable.some((node) => node.id === currentId)) return currentId as string;
  const [best] = reachable.filter((node) => node.accepting).sort(byLoad);
  if (best === undefined) throw new ParleyError('at_capacity');
  return best.id;
}

/** Compares CPU in steps of a tenth of a core. Smaller differences are noise, and the number of peers says more. */
function byLoad(a: NodeLoad, b: NodeLoad): number {
  return Math.round(a.cpu * 10) - Math.round(b.cpu * 10) || a.peers - b.peers || (a.id < b.id ? -1 : 1);
}
