import { withDeadline } from '@parley/common/async';
import { IceOffer } from '../peer/ice-offer.ts';
import type { PeerSession } from '../peer/peer-session.ts';
import { isPeerGone } from '../store/peer-rules.ts';
import { Admission } from './admission.ts';
import { Doorkeeper } from './doorkeeper.ts';
import type { Arriving, LocalRoom } from './local-room.ts';
import { LocalRooms } from './local-rooms.ts';
import { Moderation } from './moderation.ts';
import { MediaOpener } from './media-opener.ts';
import { Orphans } from './orphans.ts';
import type { Parts } from './parts.ts';
import { Succession } from './succession.ts';
import { Sweeper } from './sweeper.ts';
import { WaitingPeople } from './waiting-people.ts';

/** How long a stop waits for media nodes to release the peers. */
const RELEASE_TIMEOUT_MS = 1_000;

const ORPHAN_LOOKS_PER_LOSS = 2;

/**
 * The rooms and peers of this instance from start to stop. Admits peers, and removes peers that stay without a socket.
 */
export class Lifecycle {
  readonly rooms: LocalRooms;
  readonly opener: MediaOpener;
  readonly admission: Admission;
  readonly ice: IceOffer;
  readonly moderation: Moderation;
  readonly waiting: WaitingPeople;
  readonly doorkeeper: Doorkeeper;
  readonly #parts: Parts;
  readonly #sweeper: Sweeper;
  readonly #orphans: Orphans;
  readonly #succession: Succession;

  constructor(parts: Parts) {
    const { store, nodes, tasks, exit, settings, logger } = parts;
    const { resumeGraceMs, instanceLostMs } = settings;
    this.#parts = parts;
    this.rooms = new LocalRooms(parts);
    this.opener = new MediaOpener(store, nodes);
    this.ice = new IceOffer(settings.ice, () => this.rooms.all.flatMap(({ sessions }) => sessions));
    this.waiting = new WaitingPeople({ store, settings, logger });
    this.doorkeeper = new Doorkeeper(parts);
    this.admission = new Admission(parts, this.rooms, this.opener, this.ice, this.waiting);
    this.moderation = new Moderation(parts);
    this.#sweeper = new Sweeper({
      store,
      resumeGraceMs,
      timeOut: (ref) => tasks.run(ref, () => exit.leave(ref, 'timed-out')),
      logger,
    });
    this.#succession = new Succession({
      parts,
      leaderless: () => this.rooms.all.filter(({ leaderless }) => leaderless).map(({ code }) => code),
    });
    this.#orphans = new Orphans({
      store,
      intervalMs: instanceLostMs / ORPHAN_LOOKS_PER_LOSS,
      resumeGraceMs,
      serves: ({ code, sessionId }) => this.rooms.find(code)?.serves(sessionId) === true,
      logger,
    });
  }

  close(): void {
    this.ice.close();
    this.waiting.close();
    this.#succession.close();
    this.#orphans.close();
    this.#sweeper.close();
    this.rooms.close();
  }

  /** Stores that the session has lost its socket. The peer may resume within the grace. */
  loseSocket(session: PeerSession): void {
    this.#parts.tasks.start(session, async () => {
      if (!session.closed) await session.loseSocket();
    });
  }

  /**
   * Ends every session, because this instance stops. With a shared store the peers resume on another instance. Otherwise
   * none could take them over, so that they leave and their media is released. Joins and resumes in progress fail.
   */
  async stop(): Promise<void> {
    this.#orphans.close();
    this.#sweeper.close();
    this.rooms.stopAccepting();
    const stopping = this.rooms.all.flatMap((room) => [
      ...room.arrivals.map((arrival) => this.#turnAway(room, arrival)),
      ...room.sessions.map((session) => this.#stop(session)),
    ]);
    await Promise.all(stopping);
    await withDeadline(this.#parts.nodes.released(), RELEASE_TIMEOUT_MS, () => undefined);
  }

  /** Resolves when the join or resume has failed for want of its socket, and its media is being released. */
  async #turnAway({ code }: LocalRoom, { peerId, link }: Arriving): Promise<void> {
    link.end('server-stopping');
    await this.#parts.tasks.run({ code, peerId }, () => undefined);
  }

  async #stop(session: PeerSession): Promise<void> {
    const { tasks, store, exit } = this.#parts;
    session.end('server-stopping');
    const end = (): Promise<unknown> =>
      store.shared ? session.loseSocket() : exit.leave(session.ref, 'left');
    await tasks.run(session, end).catch((error: unknown) => {
      if (!isPeerGone(error)) session.logger.warn({ err: error }, 'session not ended');
    });
  }
}
