import { ParleyError } from '@parley/proto';

/** What is known of a media node when a room is placed. */
export type NodeLoad = {
  id: string;
  /** It answered its last question. */
  reachable: boolean;
  /** It takes rooms that it does not have yet. */
  accepting: boolean;
  /** The busiest worker's share of a core, 0 to 1. */
  cpu: number;
  peers: number;
};

/**
 * The node a room's next peer goes to: where the room is, as long as that node answers, otherwise the least loaded one
 * that accepts rooms. Throws `media_unavailable` when no node answers and `at_capacity` when none accepts.
 */
export function chooseNode(nodes: readonly NodeLoad[], currentId?: string): string {
  const reachable = nodes.filter((node) => node.reachable);
  if (reachable.length === 0) throw new ParleyError('media_unavailable');
  if (reachable.some((node) => node.id === currentId)) return currentId as string;
  const [best] = reachable.filter((node) => node.accepting).sort(byLoad);
  if (best === undefined) throw new ParleyError('at_capacity');
  return best.id;
}

/** Load is compared in steps of a tenth of a core: below that it is noise, and the number of peers says more. */
function byLoad(a: NodeLoad, b: NodeLoad): number {
  return Math.round(a.cpu * 10) - Math.round(b.cpu * 10) || a.peers - b.peers || (a.id < b.id ? -1 : 1);
}
