import { isDeepStrictEqual } from 'node:util';
import type { Logger } from '@parley/common/logging';
import { producerIdSchema, type PeerId, type ProducerId, type RoomCode } from '@parley/proto/ids';
import type { Notification } from '@parley/proto/requests';
import type { media } from '@parley/proto/media-rpc';
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

const REPORTS_NEEDED = 2;

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
  /** Undefined until a voice was held back: clients take all of them for forwarded. */
  #voices: Notification<'voices:changed'> | undefined;
  #watch: NodeWatch | undefined;
  #expected: readonly Expected[] = [];
  /** Peers whose clients lost their transports while the node was silent. */
  readonly #reports = new Set<PeerId>();
  #closed = false;

  constructor(options: RoomMediaOptions) {
    this.#options = options;
  }

  /** The node whose events are received. */
  get nodeId(): string | undefined {
    return this.#watch?.node.id;
  }

  /** The microphones that the room forwards, as far as the node has reported here; null: all of them. */
  get forwarded(): readonly ProducerId[] | null {
    return this.#voices?.producerIds ?? null;
  }

  close(): void {
    this.#closed = true;
    this.#watch?.close();
  }

  /** Receives the events of this node from now on, and of no other. Sessions with media on another node have lost it. */
  watch(node: RemoteNode): void {
    if (this.#closed || this.#watch?.node === node) return;
    this.#watch?.close();
    this.#reports.clear();
    const { code, logger } = this.#options;
    const watch = new NodeWatch({ node, code, logger });
    this.#watch = watch;
    this.#handleWatch(watch);
    watch.open();
    const isElsewhere = (session: PeerSession): boolean => session.mediaNodeId !== node.id;
    this.#loseMedia(isElsewhere, (session) => (this.#isCarried(session) ? 'room-moved' : 'node-lost'));
  }

  /** Called when the room is on a node that this instance does not know. Every session has lost its media. */
  unwatch(): void {
    this.#watch?.close();
    this.#watch = undefined;
    this.#loseMedia(() => true);
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
    this.#loseMedia((other) => other === session);
  }

  /**
   * Called when the client of a session has lost its transports. True if the node has been silent for a while and two clients say so, or the
   * only one: together they prove that its media is gone.
   */
  reportLost(session: PeerSession): boolean {
    const node = this.#watch?.node;
    if (node === undefined || node.silentMs < this.#options.parts.settings.nodeLostMs) {
      this.#reports.clear();
      return false;
    }
    this.#reports.add(session.peerId);
    const peers = new Set(this.#options.sessions().map(({ peerId }) => peerId));
    return this.#reports.size >= Math.min(REPORTS_NEEDED, peers.size);
  }

  /**
   * For a session that was let in: notifies it of state that is otherwise sent on change only. If the room moved while
   * the session was let in, its media is lost.
   */
  notifyCurrent(session: PeerSession): void {
    if (session.mediaNodeId !== this.#watch?.node.id) this.lose(session);
    if (this.#speakers !== undefined) session.notify('speakers:changed', this.#speakers);
    // A client that comes back may have received a list of voices from another instance.
    if (this.#voices !== undefined || session.claims > 1)
      session.notify('voices:changed', this.#voices ?? { producerIds: null });
    for (const { peerId, payload } of this.#layersWanted.values()) {
      if (peerId === session.peerId) session.notify('producer:layers-wanted', payload);
    }
  }

  #handleWatch(watch: NodeWatch): void {
    watch.on('opening', () => this.#expect(watch.node));
    watch.on('state', (state) => this.#reconcile(state, watch.node));
    watch.on('event', (event) => this.#handle(event));
    watch.on('lost', () => this.#options.parts.metrics.watchLost());
    watch.on('abandoned', () => this.#loseMedia((session) => session.mediaNodeId === watch.node.id));
  }

  /**
   * Remembers the sessions with media before the state of the node is requested. Media that is made while the answer
   * travels must not count as lost.
   */
  #expect(node: RemoteNode): void {
    this.#expected = this.#options
      .sessions()
      .filter((session) => session.mediaNodeId === node.id)
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

  #loseMedia(
    which: (session: PeerSession) => boolean,
    reasonOf: (session: PeerSession) => MediaLoss = () => 'node-lost',
  ): void {
    for (const session of this.#options.sessions()) {
      if (session.mediaNodeId === undefined || !which(session)) continue;
      const epoch = session.mediaEpoch;
      const reason = reasonOf(session);
      this.#options.parts.tasks.start(session, async () => {
        if (session.mediaEpoch === epoch) await this.#lose(session, reason);
      });
    }
  }

  /** Whether the node that the room leaves goes on for a while, as one does that is about to stop. */
  #isCarried({ mediaNodeId }: PeerSession): boolean {
    const node = mediaNodeId === undefined ? undefined : this.#options.parts.nodes.find(mediaNodeId);
    return node?.load.reachable === true;
  }

  async #lose(session: PeerSession, reason: MediaLoss): Promise<void> {
    if (session.closed || session.mediaNodeId === undefined) return;
    this.removeState(session.peerId);
    session.logger.info({ reason }, 'media reset');
    const formerId = session.mediaNodeId;
    this.#options.parts.metrics.mediaReset(reason);
    if (reason === 'room-moved') return session.leaveNode();
    try {
      await session.loseMedia(reason);
    } finally {
      // The room has left that node, and a node that only was silent has the peer still.
      if (formerId !== this.nodeId)
        this.#options.parts.nodes.find(formerId)?.release(session.code, session.peerId);
    }
  }

  #handle(event: media.WatchResponse): void {
    if (event.speakersChanged) this.#handleSpeakers(event.speakersChanged);
    else if (event.voicesChanged) this.#handleVoices(event.voicesChanged);
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

  /** The node repeats it to each new watcher. */
  #handleVoices(event: media.VoicesChanged): void {
    const voices = payloads.voicesOf(event);
    if (isDeepStrictEqual(voices, this.#voices ?? { producerIds: null })) return;
    this.#voices = voices;
    for (const session of this.#options.sessions()) session.notify('voices:changed', voices);
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
