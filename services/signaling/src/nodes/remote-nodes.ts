import type { ServiceRegistry } from '@parley/common/discovery';
import type { GrpcClientOptions } from '@parley/common/grpc';
import { ParleyError } from '@parley/proto';
import { RemoteNode } from './remote-node.ts';
import { chooseNode } from './placement.ts';

const SERVICE = 'media';
/** How often a node that is not listed any more is looked at, until it does not answer either. */
const UNLISTED_LOOK_MS = 5_000;

/** Every media node that the registry knows. */
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

  /** Resolves when each node was asked once how it is. */
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

  /** Throws `media_unavailable` for a node that is not known any more. */
  get(id: string): RemoteNode {
    const node = this.#nodes.get(id);
    if (node === undefined) throw new ParleyError('media_unavailable');
    return node;
  }

  /**
   * Where a room's next peer goes; see placeRoom. Moving a room resets everybody in it, so the node it is on is asked
   * again when it is thought away; when none is thought to answer, all are.
   */
  async place(currentId?: string): Promise<RemoteNode> {
    if (currentId !== undefined) await this.#lookAgain(currentId);
    const nodes = [...this.#nodes.values()];
    if (!nodes.some((node) => node.load.reachable)) await Promise.all(nodes.map((node) => node.ask()));
    const loads = nodes.map((node) => node.load);
    const node = this.get(chooseNode(loads, currentId));
    node.expectPeer();
    return node;
  }

  /** Throws when no node answers. */
  assertReachable(): void {
    for (const node of this.#nodes.values()) if (node.load.reachable) return;
    throw new ParleyError('media_unavailable');
  }

  /** Resolves when the media of every departed peer is released. */
  async released(): Promise<void> {
    await Promise.all(Array.from(this.#nodes.values(), (node) => node.released()));
  }

  /** One that is listed and not known yet is being asked for the first time. */
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
    this.#dropUnlisted();
  }

  /** A node that is not listed but answers still carries calls: it goes when it does not answer any more. */
  #dropUnlisted(): void {
    clearTimeout(this.#unlistedTimer);
    const listed = new Set(this.#registry.list(SERVICE).map((instance) => instance.address));
    const unlisted = [...this.#nodes].filter(([id]) => !listed.has(id));
    for (const [id, node] of unlisted) {
      if (node.load.reachable) continue;
      this.#nodes.delete(id);
      node.close();
    }
    if (this.#closed || !unlisted.some(([, node]) => !node.closed)) return;
    this.#unlistedTimer = setTimeout(() => this.#dropUnlisted(), UNLISTED_LOOK_MS).unref();
  }
}
