import type { PeerId, ProducerId } from '@parley/proto/ids';
import type { RemoteNode } from '../../nodes/remote-node.ts';
import type { PeerSession } from '../../peer/peer-session.ts';
import type { NodeCounts } from '../../store/live-room-store.ts';
import { LossReports } from './loss-reports.ts';
import { NodeMedia, type NodeMediaOptions } from './node-media.ts';

/** A peer whose media has just been opened has a session within this time. */
const LINGER_MS = 2_000;

/**
 * The media of one room: on each media node that media of its sessions here is on, and on no other. A node is watched from the moment at which the
 * first of these sessions is placed there until the last one has ended, or has media elsewhere.
 */
export class RoomMedia {
  readonly #options: NodeMediaOptions;
  readonly #nodes = new Map<string, NodeMedia>();
  /** The node of each session. */
  readonly #places = new Map<PeerSession, NodeMedia>();
  /** How many sessions, and peers that are being placed, each node has. */
  readonly #users = new Map<NodeMedia, number>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #reports: LossReports;
  #closed = false;

  constructor(options: NodeMediaOptions) {
    this.#options = options;
    this.#reports = new LossReports(options.parts.settings.nodeLostMs);
  }

  /** The nodes of the sessions here, and those that peers are being placed on. */
  get nodeIds(): ReadonlySet<string> {
    return new Set(Array.from(this.#users.keys(), ({ node }) => node.id));
  }

  /** The nodes of the room: as stored, and those of the sessions here, of which a store that lost the room does not know. */
  withOwnNodes(stored: NodeCounts | undefined): NodeCounts {
    const nodes = new Map(stored);
    for (const id of this.nodeIds) nodes.set(id, Math.max(1, nodes.get(id) ?? 0));
    return nodes;
  }

  close(): void {
    this.#closed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    for (const node of this.#nodes.values()) node.close();
    this.#nodes.clear();
    this.#users.clear();
    this.#places.clear();
  }

  /** The microphones that the node of the session forwards, as far as it has reported here; null: all of them. */
  forwardedTo({ lastNode }: PeerSession): readonly ProducerId[] | null {
    return (lastNode && this.#nodes.get(lastNode.id)?.forwarded) ?? null;
  }

  /**
   * A peer is being placed on the node: its events are received from now on, and those who come at the same time are placed there too. Call the result
   * when that is over.
   */
  expect(node: RemoteNode): () => void {
    if (this.#closed) return () => undefined;
    const used = this.#open(node);
    this.#take(used);
    return () => this.#release(used);
  }

  /** Called when the session is here. Its client has no snapshot yet. */
  add(session: PeerSession): void {
    const { lastNode } = session;
    if (this.#closed || lastNode === undefined) return;
    const node = this.#open(lastNode);
    this.#places.set(session, node);
    this.#take(node);
    this.#checkAlive(session);
  }

  /** Called when the client has opened its media again, perhaps on another node. */
  follow(session: PeerSession): void {
    // It may have ended while its media was opened, and nobody would remove it here any more.
    if (session.closed) return;
    const former = this.#places.get(session);
    if (session.lastNode === former?.node) return;
    this.add(session);
    const node = this.#places.get(session);
    if (former === undefined) return node?.notifyCurrent(session);
    node?.notifyArrived(session);
    this.#release(former);
  }

  /** Called when the session has ended. */
  remove(session: PeerSession): void {
    const former = this.#places.get(session);
    this.#places.delete(session);
    if (former !== undefined) this.#release(former);
  }

  /** Called when the media of the peer is closed. Drops what nodes reported about the peer. */
  removeState(peerId: PeerId): void {
    for (const node of this.#nodes.values()) node.removeState(peerId);
  }

  /** Called when the media of this session is lost: another session or a failed join has closed it. */
  lose(session: PeerSession): void {
    const place = this.#places.get(session);
    // A join that failed may have closed it on another node only.
    place?.lose(session, 'node-lost', () => place.node.release(session.code, session.peerId));
  }

  /** The session is to open its media on another node, while that on its node carries on. */
  move(session: PeerSession): void {
    this.#places.get(session)?.lose(session, 'room-moved');
  }

  /** Called when it is proven that the media of the room on this node is gone. */
  leave(nodeId: string): void {
    this.#nodes.get(nodeId)?.loseAll();
    this.#reports.clear(nodeId);
  }

  /**
   * See `LossReports.add`. A store that lost the room does not know of the sessions here.
   * @param stored How many peers the store has on each node.
   */
  reportLost(session: PeerSession, stored: NodeCounts | undefined): boolean {
    const nodeId = session.lastNode?.id ?? '';
    const here = this.#options
      .sessions()
      .filter((other) => other.peerId !== session.peerId && other.mediaNodeId === nodeId);
    return this.#reports.add(session, Math.max(here.length, stored?.get(nodeId) ?? 0));
  }

  /** For a session that was let in: notifies it of state that is otherwise sent on change only. */
  notifyCurrent(session: PeerSession): void {
    this.#places.get(session)?.notifyCurrent(session);
  }

  /** The node may have been given up before anybody watched it for this room. */
  #checkAlive(session: PeerSession): void {
    const { lastNode, mediaNodeId } = session;
    if (mediaNodeId !== undefined && (lastNode?.gone === true || lastNode?.closed === true))
      this.#places.get(session)?.lose(session, 'node-lost');
  }

  /** A node that was away for long comes back as another object. */
  #open(node: RemoteNode): NodeMedia {
    const open = this.#nodes.get(node.id);
    if (open?.node === node) return open;
    open?.close();
    const opened = new NodeMedia(node, this.#options);
    this.#nodes.set(node.id, opened);
    return opened;
  }

  #take(node: NodeMedia): void {
    this.#users.set(node, (this.#users.get(node) ?? 0) + 1);
  }

  #release(node: NodeMedia): void {
    const left = (this.#users.get(node) ?? 1) - 1;
    if (left > 0) this.#users.set(node, left);
    else this.#users.delete(node);
    if (left > 0 || this.#closed) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (!this.#users.has(node)) this.#closeUnused(node);
    }, LINGER_MS).unref();
    this.#timers.add(timer);
  }

  #closeUnused(node: NodeMedia): void {
    node.close();
    if (this.#nodes.get(node.node.id) === node) this.#nodes.delete(node.node.id);
  }
}
