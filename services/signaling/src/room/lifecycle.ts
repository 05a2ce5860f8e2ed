import { withDeadline, type KeyedQueue } from '@parley/common/async';
import type { IceConfig } from '@parley/common/ice';
import type { Logger } from '@parley/common/logging';
import { ParleyError } from '@parley/proto';
import type { LiveRoomStore } from '../store/live-room-store.ts';
import type { RemoteNodes } from '../nodes/remote-nodes.ts';
import type { SignalingMetrics } from '../metrics.ts';
import type { ChatRepository } from '../database/chat-repository.ts';
import type { RoomRepository } from '../database/room-repository.ts';
import { Admission } from './admission.ts';
import type { Attendance } from '../database/attendance.ts';
import { PeerExit } from './peer-exit.ts';
import { LocalRooms } from './local-rooms.ts';
import { MediaOpener } from './media-opener.ts';
import { peerKey } from '../peer/peer-key.ts';
import { Orphans } from './orphans.ts';
import type { PeerSession } from '../peer/peer-session.ts';
import { Sweeper } from './sweeper.ts';

export type LifecycleOptions = {
  instanceId: string;
  peerLimit: number;
  resumeGraceMs: number;
  nodeLostMs: number;
  /** How long an instance may be silent before its peers are taken for disconnected. */
  instanceLostMs: number;
  iceConfig: IceConfig;
  store: LiveRoomStore;
  nodes: RemoteNodes;
  /** All work on one peer goes through it, one after the other. */
  queue: KeyedQueue;
  history: Attendance;
  rooms: RoomRepository;
  chat: ChatRepository;
  metrics: SignalingMetrics;
  logger: Logger;
};

/** How long a stop waits for media nodes to release the peers. */
const RELEASE_TIMEOUT_MS = 1_000;

const ORPHAN_LOOKS_PER_LOSS = 2;

/** The calls that this instance serves: their rooms here, the ways in and the one way out. */
export class Lifecycle {
  readonly localRooms: LocalRooms;
  readonly opener: MediaOpener;
  readonly departures: PeerExit;
  readonly admission: Admission;
  readonly #options: LifecycleOptions;
  readonly #sweeper: Sweeper;
  readonly #orphans: Orphans;

  constructor(options: LifecycleOptions) {
    const { store, nodes, metrics, logger, nodeLostMs, history, queue, resumeGraceMs: graceMs } = options;
    this.#options = options;
    this.departures = new PeerExit({ store, nodes, history, metrics, logger });
    this.localRooms = new LocalRooms({
      store,
      logger,
      metrics,
      nodeLostMs,
      findNode: (id) => nodes.find(id),
      run: (session, task) => this.#run(session, task),
      runAndWait: (session, task) => queue.run(peerKey(session), task),
      resync: {
        graceMs,
        chatSince: (code, since) => options.chat.listSince(code, since),
        depart: (session) => this.departures.leave(session.ref, 'left'),
        conclude: (session, reason) =>
          session.peer && this.departures.cleanUp(session.code, session.peer, reason),
      },
    });
    this.opener = new MediaOpener(store, nodes);
    this.admission = new Admission({
      ...options,
      localRooms: this.localRooms,
      opener: this.opener,
      departures: this.departures,
    });
    this.#sweeper = new Sweeper({
      store,
      logger,
      graceMs,
      expel: (ref) => queue.run(peerKey(ref), () => this.departures.leave(ref, 'timed-out')),
    });
    this.#orphans = new Orphans({
      store,
      logger,
      graceMs,
      intervalMs: options.instanceLostMs / ORPHAN_LOOKS_PER_LOSS,
      isConnected: ({ code, sessionId }) => this.localRooms.find(code)?.find(sessionId)?.connected === true,
    });
  }

  close(): void {
    this.#orphans.close();
    this.#sweeper.close();
    this.localRooms.close();
  }

  /** The peer's socket is lost: it may come back for a while. */
  socketLost(session: PeerSession): void {
    this.#run(session, async () => {
      if (!session.closed) await session.loseSocket(this.#options.resumeGraceMs);
    });
  }

  /**
   * Ends every session, because this instance stops. Where other instances serve the same rooms the peers go on there;
   * otherwise nobody can take them over, so that they depart and their media is released.
   */
  async stop(): Promise<void> {
    this.#orphans.close();
    this.#sweeper.close();
    const sessions = this.localRooms.all.flatMap((room) => room.sessions);
    await Promise.all(sessions.map((session) => this.#stop(session)));
    await withDeadline(this.#options.nodes.released(), RELEASE_TIMEOUT_MS, () => undefined);
  }

  async #stop(session: PeerSession): Promise<void> {
    const { queue, store, resumeGraceMs } = this.#options;
    session.end('server-stopping');
    const leave = store.shared
      ? () => session.loseSocket(resumeGraceMs)
      : () => this.departures.leave(session.ref, 'left');
    await queue.run<unknown>(peerKey(session), leave).catch((error: unknown) => this.#report(session, error));
  }

  #run(session: PeerSession, task: () => Promise<void>): void {
    this.#options.queue.run(peerKey(session), task).catch((error: unknown) => this.#report(session, error));
  }

  /** A peer that went meanwhile needs nothing more. */
  #report(session: PeerSession, error: unknown): void {
    const isGone =
      error instanceof ParleyError && (error.code === 'closed' || error.code === 'peer_not_found');
    if (!isGone) session.logger.warn({ err: error }, 'peer not brought up to date');
  }
}
