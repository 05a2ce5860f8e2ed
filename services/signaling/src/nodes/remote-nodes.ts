import type { ServiceRegistry } from '@parley/common/discovery';
import type { GrpcClientOptions } from '@parley/common/grpc';
import { ParleyError } from '@parley/proto/errors';
import type { Region, RegionTimes } from '@parley/proto/regions';
import { RemoteNode } from './remote-node.ts';
import { chooseNode, type PlacementCause, type PlacementWish } from './placement.ts';
import { openRegions } from './regions.ts';

const SERVICE = 'media';
/** How often an unlisted node is checked, until it does not answer any more. */
const UNLISTED_LOOK_MS = 5_000;
/** When a peer may ask again whose room is on a node that does not answer. */
const SILENT_RETRY_MS = 1_000;

type PlaceOptions = PlacementWish & {
  /** Nodes whose clients have proven that they have lost them. */
  without?: ReadonlySet<string>;
};
export type Placed = { readonly node: RemoteNode; readonly as: PlacementCause };

/** The media nodes that the registry lists, and unlisted ones that still answer. */
export class RemoteNodes {
  readonly #registry: ServiceRegistry;
  readonly #options: GrpcClientOptions;
  readonly #nodes = new Map<string, RemoteNode>();
  readonly #unsubscribe: () => void;
  #unlistedTimer: NodeJS.Timeout | undefined;
  #closed = false;

  private constructor(registry: ServiceRegistry, options: GrpcClientOptions) {
    this.#registry = registry;
    this.#options = options;
    this.#unsubscribe = registry.onChange(SERVICE, () => void this.#refresh());
  }

  /** Resolves when each node was asked for its status once. */
  static async create(registry: ServiceRegistry, options: GrpcClientOptions): Promise<RemoteNodes> {
    const nodes = new RemoteNodes(registry, options);
    await nodes.#refresh();
    return nodes;
  }

  get pendingReleases(): number {
    let pending = 0;
    for (const node of this.#nodes.values()) pending += node.pendingReleases;
    return pending;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#unsubscribe();
    clearTimeout(this.#unlistedTimer);
    for (const node of this.#nodes.values()) node.close();
    this.#nodes.clear();
  }

  find(id: string): RemoteNode | undefined {
    return this.#nodes.get(id);
  }

  /** Throws `media_unavailable` for an unknown node. */
  get(id: string): RemoteNode {
    const node = this.#nodes.get(id);
    if (node === undefined) throw new ParleyError('media_unavailable');
    return node;
  }

  /** Whether a node is about to stop and still answers. */
  get anyDraining(): boolean {
    for (const { load } of this.#nodes.values()) if (load.draining && load.reachable) return true;
    return false;
  }

  /**
   * The node for a peer of a room, see `chooseNode`. While all nodes of the room are silent, and none of them is proven to be gone, nobody is
   * placed elsewhere, where they would not hear the others: rejects with `media_unavailable`. If no node counts as reachable, all of them are asked again.
   */
  async place({ without = new Set(), ...wish }: PlaceOptions): Promise<Placed> {
    const ofRoom = [...wish.room.keys()].filter((id) => !without.has(id));
    if (!ofRoom.some((id) => this.#nodes.get(id)?.load.reachable))
      await Promise.all(ofRoom.map((id) => this.#lookAgain(id)));
    this.#assertHeard(ofRoom);
    const nodes = [...this.#nodes.values()].filter(({ id }) => !without.has(id));
    if (!nodes.some((node) => node.load.reachable)) await Promise.all(nodes.map((node) => node.ask()));
    const loads = nodes.map((node) => node.load);
    const { id, as } = chooseNode(loads, wish);
    const node = this.get(id);
    node.expectPeer();
    return { node, as };
  }

  /**
   * Whether a node has space for people of a room that is on these nodes, as far as is known now. A full one may refuse a peer, also of a room
   * that it has.
   */
  hasSpaceFor(nodeIds: ReadonlySet<string>): boolean {
    const room = new Map(Array.from(nodeIds, (id) => [id, 1] as const));
    const loads = Array.from(this.#nodes.values(), ({ load }) => load);
    try {
      return this.get(chooseNode(loads, { room }).id).load.accepting;
    } catch (error) {
      if (error instanceof ParleyError) return false;
      throw error;
    }
  }

  /** Those of the measured regions in which there are nodes; undefined for none. */
  known(measured: RegionTimes | undefined): RegionTimes | undefined {
    const names = new Set(Array.from(this.#nodes.values(), ({ load }) => load.region));
    const known = measured?.filter(({ region }) => names.has(region)) ?? [];
    return known.length === 0 ? undefined : known;
  }

  /** Where people can be placed now, by name. */
  get regions(): Region[] {
    return openRegions([...this.#nodes.values()]);
  }

  /** Throws `media_unavailable` if no node answers. */
  assertReachable(): void {
    for (const node of this.#nodes.values()) if (node.load.reachable) return;
    throw new ParleyError('media_unavailable');
  }

  /** Resolves when no release is pending on any node. */
  async released(): Promise<void> {
    await Promise.all(Array.from(this.#nodes.values(), (node) => node.released()));
  }

  #assertHeard(ids: readonly string[]): void {
    const nodes = ids.flatMap((id) => this.#nodes.get(id) ?? []);
    if (nodes.some(({ load }) => load.reachable) || nodes.every(({ gone }) => gone)) return;
    throw new ParleyError('media_unavailable', undefined, { retryAfterMs: SILENT_RETRY_MS });
  }

  /** A node that is listed and not known yet is asked for its status for the first time. */
  async #lookAgain(id: string): Promise<void> {
    if (!this.#nodes.has(id) && this.#registry.list(SERVICE).some(({ address }) => address === id))
      await this.#refresh();
    await this.#nodes.get(id)?.lookAgain();
  }

  async #refresh(): Promise<void> {
    const listed = new Set(this.#registry.list(SERVICE).map((instance) => instance.address));
    const added = [...listed].filter((address) => !this.#nodes.has(address));
    const nodes = await Promise.all(added.map((address) => RemoteNode.create(address, this.#options)));
    for (const node of nodes) {
      if (this.#closed || this.#nodes.has(node.id)) node.close();
      else this.#nodes.set(node.id, node);
    }
    this.#removeUnlisted();
  }

  /**
   * An unlisted node that answers still carries calls. One that does not is removed if it has deregistered, or if nobody finds it: its checks
   * in the registry fail, and its port is silent here.
   */
  #removeUnlisted(): void {
    clearTimeout(this.#unlistedTimer);
    const addressesOf = (instances: readonly { address: string }[]) =>
      new Set(instances.map(({ address }) => address));
    const listed = addressesOf(this.#registry.list(SERVICE));
    const registered = addressesOf(this.#registry.registered(SERVICE));
    const unlisted = [...this.#nodes].filter(([id]) => !listed.has(id));
    for (const [id, node] of unlisted) {
      if (node.load.reachable || (registered.has(id) && !node.vanished)) continue;
      this.#nodes.delete(id);
      node.bury(registered.has(id) ? 'vanished' : 'deregistered');
      node.close();
    }
    if (this.#closed || !unlisted.some(([, node]) => !node.closed)) return;
    this.#unlistedTimer = setTimeout(() => this.#removeUnlisted(), UNLISTED_LOOK_MS).unref();
  }
}
