import { EventEmitter } from 'node:events';
import type { Logger } from '@parley/common/logging';
import type { Notification, NotificationName, PeerId, ProducerId, Reaction, RoomCode } from '@parley/proto';
import type { LiveRoom, LiveRoomStore, RoomEvent, RoomNews, SessionId } from '../store/live-room-store.ts';
import type { RemoteNode } from '../nodes/remote-node.ts';
import type { SignalingMetrics } from '../metrics.ts';
import type { PeerSession } from '../peer/peer-session.ts';
import { RoomMedia } from './room-media.ts';
import { ReportedState } from './reported-state.ts';
import { Resync, type ResyncPolicy } from './resync.ts';

export type LocalRoomOptions = {
  code: RoomCode;
  store: LiveRoomStore;
  logger: Logger;
  metrics: SignalingMetrics;
  nodeLostMs: number;
  findNode: (id: string) => RemoteNode | undefined;
  /** Runs a task in its place among the requests of the session's peer. */
  run: (session: PeerSession, task: () => Promise<void>) => void;
  /** As `run`, and resolves or rejects with the task. */
  runAndWait: (session: PeerSession, task: () => Promise<void>) => Promise<void>;
  resync: ResyncPolicy;
};

type Events = { emptied: [] };

/** One room as far as this instance serves it: the sessions here, the room's events, its media. */
export class LocalRoom extends EventEmitter<Events> {
  readonly code: RoomCode;
  /** From its resolution on no event of the room is missed. Rejects when the store is away. */
  readonly ready: Promise<void>;
  readonly #options: LocalRoomOptions;
  readonly #sessions = new Map<SessionId, PeerSession>();
  readonly #media: RoomMedia;
  readonly #mirror = new ReportedState();
  readonly #resync: Resync;
  #unsubscribe: (() => void) | undefined;
  #moves = 0;
  #closed = false;

  constructor(options: LocalRoomOptions) {
    super();
    this.code = options.code;
    this.#options = options;
    const { code, logger, metrics, nodeLostMs, run, runAndWait, store } = options;
    this.#media = new RoomMedia({
      code,
      logger,
      metrics,
      nodeLostMs,
      run,
      ownsEveryPeer: !store.shared,
      sessions: () => this.sessions,
      sessionOf: (peerId) => this.sessionOf(peerId),
    });
    this.#resync = new Resync({
      ...options.resync,
      code,
      store,
      logger,
      metrics,
      runAndWait,
      mirror: this.#mirror,
      sessions: () => this.sessions,
      handle: (event) => this.#handle(event),
      takenOver: (session) => this.#end(session, 'taken-over'),
    });
    this.ready = this.#subscribe();
    // Whoever joins awaits it; nobody may be there any more when it fails.
    this.ready.catch(() => undefined);
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** The media node of the call as far as it is known here. */
  get watchedNodeId(): string | undefined {
    return this.#media.nodeId;
  }

  get sessions(): readonly PeerSession[] {
    return [...this.#sessions.values()];
  }

  /** In the call history, of those who were let in. */
  get attendanceIds(): string[] {
    return this.sessions.flatMap(({ peer }) => peer?.attendanceId ?? []);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#media.close();
    this.#resync.close();
    this.#unsubscribe?.();
    this.#sessions.clear();
    this.removeAllListeners();
  }

  find(sessionId: SessionId): PeerSession | undefined {
    return this.#sessions.get(sessionId);
  }

  /** Whether somebody here was told of this producer. */
  hasProducer(producerId: ProducerId): boolean {
    return this.#mirror.has(producerId);
  }

  /** The room as stored, and never on an older node than was heard of: it would be watched there again. */
  async read(): Promise<LiveRoom | undefined> {
    const moves = this.#moves;
    const live = await this.#options.store.find(this.code);
    return moves === this.#moves ? live : this.read();
  }

  /** Somebody here gets a snapshot of it. */
  learn(room: LiveRoom): void {
    this.#mirror.learn(room);
  }

  /** The newest session of the peer. */
  sessionOf(peerId: PeerId): PeerSession | undefined {
    return this.sessions.findLast((session) => session.peerId === peerId);
  }

  /** Before the store knows of it, so that it misses nothing that happens after. */
  add(session: PeerSession): void {
    this.#sessions.set(session.sessionId, session);
  }

  remove(session: PeerSession): void {
    if (!this.#sessions.delete(session.sessionId)) return;
    if (this.#sessions.size === 0) this.emit('emptied');
  }

  watch(node: RemoteNode): void {
    this.#media.watch(node);
  }

  /** The peer's media is closed, on purpose. */
  forgetMedia(peerId: PeerId): void {
    this.#media.forget(peerId);
  }

  /** Whoever is let in gets what is told on change only. */
  tellPresent(session: PeerSession): void {
    this.#media.tellPresent(session);
  }

  async #subscribe(): Promise<void> {
    const unsubscribe = await this.#options.store.subscribe(this.code, (news) => this.#hear(news));
    if (this.#closed) unsubscribe();
    else this.#unsubscribe = unsubscribe;
  }

  #hear(news: RoomNews): void {
    if (news.type === 'events-missed') this.#resync.start(news.since);
    else this.#handle(news);
  }

  #handle(event: RoomEvent): void {
    if (this.#closed) return;
    // Made up for and heard after all: once is enough.
    if (event.type === 'peer-left' && this.#mirror.isGone(event.peerId)) return;
    this.#mirror.apply(event);
    switch (event.type) {
      case 'room-updated':
        return this.#tell('room:updated', { room: event.room });
      case 'room-moved':
        return this.#handleMoved(event.mediaNodeId);
      case 'peer-joined':
        return this.#tell(
          'peer:joined',
          { peer: event.peer },
          (session) => session.peerId !== event.peer.peerId,
        );
      case 'peer-updated':
        return this.#tell('peer:updated', { peer: event.peer });
      case 'peer-claimed':
        return this.#handleClaimed(event.peerId, event.sessionId);
      case 'peer-media-closed':
        return this.#handleMediaClosed(event.sessionId);
      case 'peer-left':
        return this.#handleLeft(event.peerId, event.reason);
      case 'peer-reacted':
        return this.#handleReaction(event.peerId, event.reaction);
      case 'chat-received':
        return this.#handleChat(event.message);
    }
  }

  #handleMoved(mediaNodeId: string): void {
    this.#moves += 1;
    const node = this.#options.findNode(mediaNodeId);
    // One that is not known here yet is looked for when somebody opens their media again.
    if (node === undefined) this.#media.leave();
    else this.#media.watch(node);
  }

  /** Another session has the peer: whoever had it here lets go. */
  #handleClaimed(peerId: PeerId, sessionId: SessionId): void {
    for (const session of this.sessions) {
      if (session.peerId === peerId && session.sessionId !== sessionId) this.#end(session, 'taken-over');
    }
  }

  #handleMediaClosed(sessionId: SessionId): void {
    const session = this.#sessions.get(sessionId);
    if (session !== undefined) this.#media.lose(session);
  }

  #handleLeft(peerId: PeerId, reason: Notification<'peer:left'>['reason']): void {
    this.#media.forget(peerId);
    this.#tell('peer:left', { peerId, reason }, (session) => session.peerId !== peerId);
    for (const session of this.sessions) {
      if (session.peerId === peerId) this.#end(session, reason === 'timed-out' ? 'timed-out' : undefined);
    }
  }

  #end(session: PeerSession, reason: 'taken-over' | 'timed-out' | undefined): void {
    session.close(reason);
    this.remove(session);
  }

  /** Whoever made it has seen it. */
  #handleReaction(peerId: PeerId, reaction: Reaction): void {
    this.#tell('peer:reacted', { peerId, reaction }, (session) => session.peerId !== peerId);
  }

  /** The sender has it in the reply. Nobody but the two of them gets a private one. */
  #handleChat(message: Notification<'chat:received'>['message']): void {
    const { fromPeerId, toPeerId, messageId } = message;
    // It comes again when it is sent again, and when it is made up for.
    if (!this.#mirror.hear(messageId)) return;
    this.#tell(
      'chat:received',
      { message },
      ({ peerId }) => peerId !== fromPeerId && (toPeerId ?? peerId) === peerId,
    );
  }

  #tell<N extends NotificationName>(
    name: N,
    payload: Notification<N>,
    which: (session: PeerSession) => boolean = () => true,
  ): void {
    for (const session of this.#sessions.values()) if (which(session)) session.notify(name, payload);
  }
}
