import { isDeepStrictEqual } from 'node:util';
import type { Logger } from '@parley/common/logging';
import { producerIdSchema, type PeerId, type ProducerId, type RoomCode } from '@parley/proto/ids';
import type { Notification } from '@parley/proto/requests';
import type { media } from '@parley/proto/media-rpc';
import { NodeWatch } from '../../nodes/node-watch.ts';
import type { RemoteNode } from '../../nodes/remote-node.ts';
import type { MediaLoss, PeerSession } from '../../peer/peer-session.ts';
import type { Parts } from '../parts.ts';
import * as payloads from './media-events.ts';

export type NodeMediaOptions = {
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

const ALL_VOICES: Notification<'voices:changed'> = { producerIds: null };

/**
 * The media of one room on one media node: passes the node's events on to the clients whose media is there, and brings the records in line with
 * the node's state.
 */
export class NodeMedia {
  readonly node: RemoteNode;
  readonly #options: NodeMediaOptions;
  readonly #watch: NodeWatch;
  readonly #layersWanted = new Map<
    ProducerId,
    { peerId: PeerId; payload: Notification<'producer:layers-wanted'> }
  >();
  #speakers: Notification<'speakers:changed'> | undefined;
  /** Undefined until a voice was held back: clients take all of them for forwarded. */
  #voices: Notification<'voices:changed'> | undefined;
  #expected: readonly Expected[] = [];

  constructor(node: RemoteNode, options: NodeMediaOptions) {
    this.node = node;
    this.#options = options;
    const { code, logger } = options;
    this.#watch = new NodeWatch({ node, code, logger });
    this.#handleWatch();
    this.#watch.open();
  }

  /** The microphones that the node forwards to its own peers, as far as it has reported here; null: all of them. */
  get forwarded(): readonly ProducerId[] | null {
    return this.#voices?.producerIds ?? null;
  }

  close(): void {
    this.#watch.close();
  }

  /** Called when the media of the peer is closed. Drops what the node reported about the peer. */
  removeState(peerId: PeerId): void {
    for (const [producerId, wanted] of this.#layersWanted)
      if (wanted.peerId === peerId) this.#layersWanted.delete(producerId);
  }

  /** For a session that was let in: notifies it of state that is otherwise sent on change only. */
  notifyCurrent(session: PeerSession): void {
    if (this.#speakers !== undefined) session.notify('speakers:changed', this.#speakers);
    // A client that comes back may have received a list of voices from another instance.
    if (this.#voices !== undefined || session.claims > 1)
      session.notify('voices:changed', this.#voices ?? ALL_VOICES);
    for (const { peerId, payload } of this.#layersWanted.values()) {
      if (peerId === session.peerId) session.notify('producer:layers-wanted', payload);
    }
  }

  /** For a session whose media was on another node before. What that one said last is not always what the client has: the session may have come in between. */
  notifyArrived(session: PeerSession): void {
    if (this.#speakers !== undefined) session.notify('speakers:changed', this.#speakers);
    session.notify('voices:changed', this.#voices ?? ALL_VOICES);
  }

  /** All sessions with media on this node have lost it. A node that only is silent has their media still: it is released when the node answers. */
  loseAll(): void {
    for (const session of this.#own)
      this.lose(session, 'node-lost', () => this.node.release(session.code, session.peerId));
  }

  /** The session has lost the media that it has now, or is to leave it. */
  lose(session: PeerSession, reason: MediaLoss, then: () => void = () => undefined): void {
    const epoch = session.mediaEpoch;
    this.#options.parts.tasks.start(session, async () => {
      if (session.closed || session.mediaEpoch !== epoch) return;
      await this.#lose(session, reason).finally(then);
    });
  }

  #handleWatch(): void {
    this.#watch.on('opening', () => this.#expect());
    this.#watch.on('state', (state) => this.#reconcile(state));
    this.#watch.on('event', (event) => this.#handle(event));
    this.#watch.on('lost', () => this.#options.parts.metrics.watchLost());
    this.#watch.on('abandoned', () => {
      for (const session of this.#own) this.lose(session, 'node-lost');
    });
  }

  /**
   * Remembers the sessions with media before the state of the node is requested. Media that is made while the answer
   * travels must not count as lost.
   */
  #expect(): void {
    this.#expected = this.#own.map((session) => ({
      session,
      epoch: session.mediaEpoch,
      producerIds: session.sent.producerIds,
    }));
  }

  #reconcile(state: media.RoomState): void {
    const { code, parts, hasPeer } = this.#options;
    this.#layersWanted.clear();
    const present = payloads.peersOf(state);
    for (const expected of this.#expected) {
      const { session, epoch } = expected;
      const peer = present.get(session.peerId);
      const isNeeded = (): boolean => !session.closed && session.mediaEpoch === epoch;
      const reconcile = async (): Promise<void> => {
        if (!isNeeded()) return;
        if (peer === undefined) await this.#lose(session, 'node-lost');
        else await this.#align(expected, peer);
      };
      // Until it is done: who is muted in the record must not be heard.
      parts.tasks.startUntilDone(session, reconcile, isNeeded);
    }
    // If the store is shared, the other peers belong to other instances.
    if (parts.store.shared) return;
    for (const peerId of present.keys()) if (!hasPeer(peerId)) this.node.release(code, peerId);
  }

  /** Removes producers from the record that the node does not have, and pauses on the node what the record has paused. */
  async #align({ session, producerIds }: Expected, peer: media.PeerState): Promise<void> {
    const onNode = new Map(
      peer.producers.map((producer) => [producerIdSchema.parse(producer.producerId), producer]),
    );
    const gone = producerIds.filter((producerId) => !onNode.has(producerId));
    if (gone.length > 0) await session.sent.remove(gone);
    if (onNode.size === 0) return;
    const { producers } = await session.record();
    const limited = producers.filter(
      ({ producerId, paused }) => !paused && onNode.get(producerId)?.limited === true,
    );
    for (const { producerId } of limited) await session.sent.limit(producerId);
    const loud = producers.filter(
      ({ producerId, paused }) => paused && onNode.get(producerId)?.paused === false,
    );
    await Promise.all(loud.map(({ producerId }) => session.media.silenceProducer(producerId)));
  }

  async #lose(session: PeerSession, reason: MediaLoss): Promise<void> {
    if (session.closed || session.mediaNodeId === undefined) return;
    this.removeState(session.peerId);
    session.logger.info({ reason }, 'media reset');
    this.#options.parts.metrics.mediaReset(reason);
    await (reason === 'room-moved' ? session.leaveNode() : session.loseMedia(reason));
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
    for (const session of this.#near) session.notify('speakers:changed', this.#speakers);
  }

  /** The node repeats it to each new watcher. */
  #handleVoices(event: media.VoicesChanged): void {
    const voices = payloads.voicesOf(event);
    if (isDeepStrictEqual(voices, this.#voices ?? ALL_VOICES)) return;
    this.#voices = voices;
    for (const session of this.#near) session.notify('voices:changed', voices);
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
    this.#options.parts.tasks.start(session, () => session.sent.limit(producerId));
  }

  #handleProducerClosed(event: media.ProducerClosed): void {
    const producerId = producerIdSchema.parse(event.producerId);
    this.#layersWanted.delete(producerId);
    const session = this.#owner(event);
    if (session?.sent.producerIds.includes(producerId) !== true) return;
    this.#options.parts.tasks.start(session, () => session.sent.remove([producerId]));
  }

  #handleLayersWanted(event: media.ProducerLayersWanted): void {
    const payload = payloads.layersWantedOf(event);
    this.#layersWanted.set(payload.producerId, { peerId: event.peerId as PeerId, payload });
    this.#owner(event)?.notify('producer:layers-wanted', payload);
  }

  #owner(event: { peerId: string }): PeerSession | undefined {
    return this.#sessionOf(event.peerId as PeerId);
  }

  /** The newest session of the peer, if its media is on this node, or was here last. */
  #sessionOf(peerId: PeerId): PeerSession | undefined {
    const newest = this.#options.sessions().findLast((session) => session.peerId === peerId);
    return newest?.lastNode?.id === this.node.id ? newest : undefined;
  }

  /** The sessions with media on this node. */
  get #own(): readonly PeerSession[] {
    return this.#options.sessions().filter(({ mediaNodeId }) => mediaNodeId === this.node.id);
  }

  /** Also those that had their last media here, and have none yet elsewhere. */
  get #near(): readonly PeerSession[] {
    return this.#options.sessions().filter(({ lastNode }) => lastNode?.id === this.node.id);
  }
}
