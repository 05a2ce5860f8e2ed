import type { Logger } from '@parley/common/logging';
import {
  producerIdSchema,
  type Notification,
  type PeerId,
  type ProducerId,
  type RoomCode,
} from '@parley/proto';
import type { media } from '@parley/proto/grpc';
import type { SessionId } from '../store/live-room-store.ts';
import type { RemoteNode } from '../nodes/remote-node.ts';
import { NodeWatch } from '../nodes/node-watch.ts';
import type { SignalingMetrics } from '../metrics.ts';
import * as told from './media-events.ts';
import type { MediaLoss, PeerSession } from '../peer/peer-session.ts';

export type RoomMediaOptions = {
  code: RoomCode;
  logger: Logger;
  metrics: SignalingMetrics;
  nodeLostMs: number;
  /** Whether peers that the node has and nobody here knows are left over, not another instance's. */
  ownsEveryPeer: boolean;
  /** The sessions of this room on this instance. */
  sessions: () => readonly PeerSession[];
  sessionOf: (peerId: PeerId) => PeerSession | undefined;
  /** Runs a task in its place among the requests of the session's peer. */
  run: (session: PeerSession, task: () => Promise<void>) => void;
};

/** What of a session the node's state is compared with. */
type Known = { session: PeerSession; epoch: number; producerIds: readonly ProducerId[] };

/** The media of one room as this instance sees it: passes on what the node tells, and brings the records in line with it. */
export class RoomMedia {
  readonly #options: RoomMediaOptions;
  readonly #layersWanted = new Map<
    ProducerId,
    { peerId: PeerId; payload: Notification<'producer:layers-wanted'> }
  >();
  #speakers: Notification<'speakers:changed'> | undefined;
  #watch: NodeWatch | undefined;
  #known = new Map<SessionId, Known>();
  #closed = false;

  constructor(options: RoomMediaOptions) {
    this.#options = options;
  }

  /** The node that is watched. */
  get nodeId(): string | undefined {
    return this.#watch?.node.id;
  }

  close(): void {
    this.#closed = true;
    this.#watch?.close();
  }

  /** Watches the room on this node from now on, and on no other. Whose media is elsewhere has lost it. */
  watch(node: RemoteNode): void {
    if (this.#closed || this.#watch?.node === node) return;
    this.#watch?.close();
    const { code, nodeLostMs } = this.#options;
    const logger = this.#options.logger;
    const watch = new NodeWatch({ node, code, logger, nodeLostMs });
    this.#watch = watch;
    this.#handleWatch(watch);
    watch.open();
    this.#loseMedia((session) => session.mediaNodeId !== node.id, 'node-lost');
  }

  /** The room is on a node that is not known here: everybody has lost their media. */
  leave(): void {
    this.#watch?.close();
    this.#watch = undefined;
    this.#loseMedia(() => true, 'node-lost');
  }

  /** The peer's media is closed: what was said about it is of no use any more. */
  forget(peerId: PeerId): void {
    for (const [producerId, told] of this.#layersWanted) {
      if (told.peerId === peerId) this.#layersWanted.delete(producerId);
    }
  }

  /** Its media was closed by somebody else. */
  lose(session: PeerSession): void {
    this.#loseMedia((other) => other === session, 'node-lost');
  }

  /** Tells a session that came or came back what is told on change only: also that the room moved while it was let in. */
  tellPresent(session: PeerSession): void {
    if (session.mediaNodeId !== this.#watch?.node.id) this.lose(session);
    if (this.#speakers !== undefined) session.notify('speakers:changed', this.#speakers);
    for (const { peerId, payload } of this.#layersWanted.values()) {
      if (peerId === session.peerId) session.notify('producer:layers-wanted', payload);
    }
  }

  #handleWatch(watch: NodeWatch): void {
    watch.on('opening', () => this.#remember());
    watch.on('state', (state) => this.#reconcile(state, watch.node));
    watch.on('event', (event) => this.#handle(event));
    watch.on('lost', () => this.#options.metrics.watchLost());
    watch.on('abandoned', () =>
      this.#loseMedia((session) => session.mediaNodeId === watch.node.id, 'node-lost'),
    );
  }

  /** Before the state is asked for: what comes to be while it travels must not be taken for gone. */
  #remember(): void {
    const sessions = this.#options.sessions().filter((session) => session.mediaNodeId !== undefined);
    this.#known = new Map(
      sessions.map((session) => {
        const { sessionId, mediaEpoch: epoch, producerIds } = session;
        return [sessionId, { session, epoch, producerIds }];
      }),
    );
  }

  #reconcile(state: media.RoomState, node: RemoteNode): void {
    this.#layersWanted.clear();
    const present = told.peersOf(state);
    for (const known of this.#known.values()) {
      const peer = present.get(known.session.peerId);
      this.#options.run(known.session, async () => {
        if (known.session.closed || known.session.mediaEpoch !== known.epoch) return;
        if (peer === undefined) await this.#lose(known.session, 'node-lost');
        else await this.#align(known, peer);
      });
    }
    if (!this.#options.ownsEveryPeer) return;
    for (const peerId of present.keys()) {
      if (this.#options.sessionOf(peerId) === undefined) node.release(this.#options.code, peerId);
    }
  }

  /** Producers that are gone leave the record; who is muted in the record is muted on the node. */
  async #align({ session, producerIds }: Known, peer: media.PeerState): Promise<void> {
    const there = new Map(
      peer.producers.map((producer) => [producerIdSchema.parse(producer.producerId), producer]),
    );
    const gone = producerIds.filter((producerId) => !there.has(producerId));
    if (gone.length > 0) await session.dropProducers(gone);
    const { producers } = await session.record();
    const loud = producers.filter(
      ({ producerId, paused }) => paused && there.get(producerId)?.paused === false,
    );
    await Promise.all(loud.map(({ producerId }) => session.media.pauseProducer(producerId)));
  }

  #loseMedia(which: (session: PeerSession) => boolean, reason: MediaLoss): void {
    for (const session of this.#options.sessions()) {
      if (session.mediaNodeId === undefined || !which(session)) continue;
      const epoch = session.mediaEpoch;
      this.#options.run(session, async () => {
        if (session.mediaEpoch === epoch) await this.#lose(session, reason);
      });
    }
  }

  async #lose(session: PeerSession, reason: MediaLoss): Promise<void> {
    if (session.closed || session.mediaNodeId === undefined) return;
    this.forget(session.peerId);
    session.logger.info({ reason }, 'media lost');
    this.#options.metrics.mediaReset(reason);
    await session.loseMedia(reason);
  }

  #handle(event: media.WatchResponse): void {
    if (event.speakersChanged) this.#handleSpeakers(event.speakersChanged);
    else if (event.peerClosed) this.#handlePeerClosed(event.peerClosed);
    else if (event.producerClosed) this.#handleProducerClosed(event.producerClosed);
    else if (event.producerLayersWanted) this.#handleLayersWanted(event.producerLayersWanted);
    else if (event.producerScored) {
      this.#owner(event.producerScored)?.notify(
        'producer:score-changed',
        told.producerScoreOf(event.producerScored),
      );
    } else if (event.consumerClosed) {
      this.#owner(event.consumerClosed)?.notify(
        'consumer:closed',
        told.consumerClosedOf(event.consumerClosed),
      );
    } else if (event.consumerScored) {
      this.#owner(event.consumerScored)?.notify(
        'consumer:score-changed',
        told.consumerScoreOf(event.consumerScored),
      );
    } else if (event.consumerLayersChanged) {
      const payload = told.consumerLayersOf(event.consumerLayersChanged);
      this.#owner(event.consumerLayersChanged)?.notify('consumer:layers-changed', payload);
    }
  }

  #handleSpeakers(event: media.SpeakersChanged): void {
    this.#speakers = told.speakersOf(event);
    for (const session of this.#options.sessions()) session.notify('speakers:changed', this.#speakers);
  }

  #handlePeerClosed(event: media.PeerClosed): void {
    const session = this.#owner(event);
    if (session !== undefined) this.#options.run(session, () => this.#lose(session, told.mediaLossOf(event)));
  }

  #handleProducerClosed(event: media.ProducerClosed): void {
    const producerId = producerIdSchema.parse(event.producerId);
    this.#layersWanted.delete(producerId);
    const session = this.#owner(event);
    if (session?.producerIds.includes(producerId) !== true) return;
    this.#options.run(session, () => session.dropProducers([producerId]));
  }

  #handleLayersWanted(event: media.ProducerLayersWanted): void {
    const payload = told.layersWantedOf(event);
    this.#layersWanted.set(payload.producerId, { peerId: event.peerId as PeerId, payload });
    this.#owner(event)?.notify('producer:layers-wanted', payload);
  }

  #owner(event: { peerId: string }): PeerSession | undefined {
    return this.#options.sessionOf(event.peerId as PeerId);
  }
}
