import type { Logger } from '@parley/common/logging';
import {
  producerIdSchema,
  type Notification,
  type PeerId,
  type ProducerId,
  type RoomCode,
} from '@parley/proto';
import type { media } from '@parley/proto/grpc';
import type { RemoteNode } from '../nodes/remote-node.ts';
import { NodeWatch } from '../nodes/node-watch.ts';
import type { MediaLoss, PeerSession } from '../peer/peer-session.ts';
import * as payloads from './media-events.ts';
import type { Parts } from './parts.ts';

type RoomMediaOptions = {
  code: RoomCode;
  parts: Parts;
  /** The sessions of this room on this instance. */
  sessions: () => readonly PeerSession[];
  /** Whether the peer has a session here, or is being let in. */
  hasPeer: (peerId: PeerId) => boolean;
  logger: Logger;
};

/** A session and its media at the time when the state of the node was asked for. */
type Expected = { session: PeerSession; epoch: number; producerIds: readonly ProducerId[] };

/** The media of one room: passes the node's events on to clients, and brings the records in line with the node's state. */
export class RoomMedia {
  readonly #options: RoomMediaOptions;
  readonly #layersWanted = new Map<
    ProducerId,
    { peerId: PeerId; payload: Notification<'producer:layers-wanted'> }
  >();
  #speakers: Notification<'speakers:changed'> | undefined;
  #watch: NodeWatch | undefined;
  #expected: readonly Expected[] = [];
  #closed = false;

  constructor(options: RoomMediaOptions) {
    this.#options = options;
  }

  /** The node whose events are received. */
  get nodeId(): string | undefined {
    return this.#watch?.node.id;
  }

  close(): void {
    this.#closed = true;
    this.#watch?.close();
  }

  /** Receives the events of this node from now on, and of no other. Sessions with media on another node have lost it. */
  watch(node: RemoteNode): void {
    if (this.#closed || this.#watch?.node === node) return;
    this.#watch?.close();
    const { code, parts, logger } = this.#options;
    const watch = new NodeWatch({ node, code, logger, nodeLostMs: parts.settings.nodeLostMs });
    this.#watch = watch;
    this.#handleWatch(watch);
    watch.open();
    this.#loseMedia((session) => session.mediaNodeId !== node.id, 'node-lost');
  }

  /** Called when the room is on a node that this instance does not know. Every session has lost its media. */
  unwatch(): void {
    this.#watch?.close();
    this.#watch = undefined;
    this.#loseMedia(() => true, 'node-lost');
  }

  /** Called when the media of the peer is closed. Drops what the node reported about the peer. */
  removeState(peerId: PeerId): void {
    for (const [producerId, wanted] of this.#layersWanted)
      if (wanted.peerId === peerId) this.#layersWanted.delete(producerId);
  }

  /**
   * Called when the media of this session is lost: another session or a failed join has closed it, or the room has
   * moved.
   */
  lose(session: PeerSession): void {
    this.#loseMedia((other) => other === session, 'node-lost');
  }

  /**
   * For a session that was let in: notifies it of state that is otherwise sent on change only. If the room moved while
   * the session was let in, its media is lost.
   */
  notifyCurrent(session: PeerSession): void {
    if (session.mediaNodeId !== this.#watch?.node.id) this.lose(session);
    if (this.#speakers !== undefined) session.notify('speakers:changed', this.#speakers);
    for (const { peerId, payload } of this.#layersWanted.values()) {
      if (peerId === session.peerId) session.notify('producer:layers-wanted', payload);
    }
  }

  #handleWatch(watch: NodeWatch): void {
    watch.on('opening', () => this.#expect());
    watch.on('state', (state) => this.#reconcile(state, watch.node));
    watch.on('event', (event) => this.#handle(event));
    watch.on('lost', () => this.#options.parts.metrics.watchLost());
    watch.on('abandoned', () =>
      this.#loseMedia((session) => session.mediaNodeId === watch.node.id, 'node-lost'),
    );
  }

  /**
   * Remembers the sessions with media before the state of the node is requested. Media that is made while the answer
   * travels must not count as lost.
   */
  #expect(): void {
    this.#expected = this.#options
      .sessions()
      .filter((session) => session.mediaNodeId !== undefined)
      .map((session) => ({ session, epoch: session.mediaEpoch, producerIds: session.producerIds }));
  }

  #reconcile(state: media.RoomState, node: RemoteNode): void {
    const { code, parts, hasPeer } = this.#options;
    this.#layersWanted.clear();
    const present = payloads.peersOf(state);
    for (const expected of this.#expected) {
      const { session, epoch } = expected;
      const peer = present.get(session.peerId);
      parts.tasks.start(session, async () => {
        if (session.closed || session.mediaEpoch !== epoch) return;
        if (peer === undefined) await this.#lose(session, 'node-lost');
        else await this.#align(expected, peer);
      });
    }
    // If the store is shared, the other peers belong to other instances.
    if (parts.store.shared) return;
    for (const peerId of present.keys()) if (!hasPeer(peerId)) node.release(code, peerId);
  }

  /** Removes producers from the record that the node does not have, and pauses on the node what the record has paused. */
  async #align({ session, producerIds }: Expected, peer: media.PeerState): Promise<void> {
    const onNode = new Map(
      peer.producers.map((producer) => [producerIdSchema.parse(producer.producerId), producer]),
    );
    const gone = producerIds.filter((producerId) => !onNode.has(producerId));
    if (gone.length > 0) await session.removeProducers(gone);
    const { producers } = await session.record();
    const limited = producers.filter(
      ({ producerId, paused }) => !paused && onNode.get(producerId)?.limited === true,
    );
    for (const { producerId } of limited) await session.limitProducer(producerId);
    const loud = producers.filter(
      ({ producerId, paused }) => paused && onNode.get(producerId)?.paused === false,
    );
    await Promise.all(loud.map(({ producerId }) => session.media.pauseProducer(producerId)));
  }

  #loseMedia(which: (session: PeerSession) => boolean, reason: MediaLoss): void {
    for (const session of this.#options.sessions()) {
      if (session.mediaNodeId === undefined || !which(session)) continue;
      const epoch = session.mediaEpoch;
      this.#options.parts.tasks.start(session, async () => {
        if (session.mediaEpoch === epoch) await this.#lose(session, reason);
      });
    }
  }

  async #lose(session: PeerSession, reason: MediaLoss): Promise<void> {
    if (session.closed || session.mediaNodeId === undefined) return;
    this.removeState(session.peerId);
    session.logger.info({ reason }, 'media lost');
    this.#options.parts.metrics.mediaReset(reason);
    await session.loseMedia(reason);
  }

  #handle(event: media.WatchResponse): void {
    if (event.speakersChanged) this.#handleSpeakers(event.speakersChanged);
    else if (event.peerClosed) this.#handlePeerClosed(event.peerClosed);
    else if (event.producerClosed) this.#handleProducerClosed(event.producerClosed);
    else if (event.producerLimited) this.#handleProducerLimited(event.producerLimited);
    else if (event.producerLayersWanted) this.#handleLayersWanted(event.producerLayersWanted);
    else if (event.producerScored) {
      this.#owner(event.producerScored)?.notify(
        'producer:score-changed',
        payloads.producerScoreOf(event.producerScored),
      );
    } else if (event.consumerClosed) {
      this.#owner(event.consumerClosed)?.notify(
        'consumer:closed',
        payloads.consumerClosedOf(event.consumerClosed),
      );
    } else if (event.consumerScored) {
      this.#owner(event.consumerScored)?.notify(
        'consumer:score-changed',
        payloads.consumerScoreOf(event.consumerScored),
      );
    } else if (event.consumerLayersChanged) {
      const payload = payloads.consumerLayersOf(event.consumerLayersChanged);
      this.#owner(event.consumerLayersChanged)?.notify('consumer:layers-changed', payload);
    }
  }

  #handleSpeakers(event: media.SpeakersChanged): void {
    this.#speakers = payloads.speakersOf(event);
    for (const session of this.#options.sessions()) session.notify('speakers:changed', this.#speakers);
  }

  #handlePeerClosed(event: media.PeerClosed): void {
    const { code, parts, hasPeer, logger } = this.#options;
    const peerId = event.peerId as PeerId;
    if (!hasPeer(peerId)) return;
    // A peer that is being let in has its session when the task runs.
    parts.tasks.start({ code, peerId, logger }, async () => {
      const session = this.#sessionOf(peerId);
      if (session === undefined) return;
      const loss = payloads.mediaLossOf(event);
      if (loss !== undefined) return this.#lose(session, loss);
      await parts.exit.leave(session.ref, payloads.leaveReasonOf(event));
    });
  }

  #handleProducerLimited(event: media.ProducerLimited): void {
    const producerId = producerIdSchema.parse(event.producerId);
    const session = this.#owner(event);
    if (session === undefined) return;
    session.logger.warn({ producerId }, 'producer limited');
    this.#options.parts.tasks.start(session, () => session.limitProducer(producerId));
  }

  #handleProducerClosed(event: media.ProducerClosed): void {
    const producerId = producerIdSchema.parse(event.producerId);
    this.#layersWanted.delete(producerId);
    const session = this.#owner(event);
    if (session?.producerIds.includes(producerId) !== true) return;
    this.#options.parts.tasks.start(session, () => session.removeProducers([producerId]));
  }

  #handleLayersWanted(event: media.ProducerLayersWanted): void {
    const payload = payloads.layersWantedOf(event);
    this.#layersWanted.set(payload.producerId, { peerId: event.peerId as PeerId, payload });
    this.#owner(event)?.notify('producer:layers-wanted', payload);
  }

  #owner(event: { peerId: string }): PeerSession | undefined {
    return this.#sessionOf(event.peerId as PeerId);
  }

  /** The newest session of the peer. */
  #sessionOf(peerId: PeerId): PeerSession | undefined {
    return this.#options.sessions().findLast((session) => session.peerId === peerId);
  }
}
