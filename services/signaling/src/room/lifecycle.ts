import { setTimeout as pause } from 'node:timers/promises';
import { withDeadline } from '@parley/common/async';
import { IceOffer } from '../peer/ice-offer.ts';
import type { PeerSession } from '../peer/peer-session.ts';
import { isPeerGone } from '../store/peer-rules.ts';
import { Admission } from './admission.ts';
import { CallRules } from './leading/call-rules.ts';
import { Doorkeeper } from './leading/doorkeeper.ts';
import type { Arriving } from './local-peers.ts';
import type { LocalRoom } from './local-room.ts';
import { LocalRooms } from './local-rooms.ts';
import { Moderation } from './leading/moderation.ts';
import { Evacuation } from './media/evacuation.ts';
import { MediaOpener } from './media/media-opener.ts';
import { LobbyPeople } from './people/lobby-people.ts';
import { Orphans } from './orphans.ts';
import { OtherDevices } from './other-devices.ts';
import type { Parts } from './parts.ts';
import { Resumption } from './resumption.ts';
import { Spread } from '../limits/spread.ts';
import { Succession } from './leading/succession.ts';
import { Sweeper } from './sweeper.ts';
import { WaitingPeople } from './waiting-people.ts';

/** How long a stop waits for media nodes to release the peers. */
const RELEASE_TIMEOUT_MS = 1_000;

/** Between two peers that are asked to move over to another instance: a hundred a second. */
const HANDOVER_PAUSE_MS = 10;

const ORPHAN_LOOKS_PER_LOSS = 2;

/**
 * The rooms and peers of this instance from start to stop. Admits peers, and removes peers that stay without a socket.
 */
export class Lifecycle {
  readonly rooms: LocalRooms;
  readonly opener: MediaOpener;
  readonly admission: Admission;
  readonly resumption: Resumption;
  readonly ice: IceOffer;
  readonly moderation: Moderation;
  readonly callRules: CallRules;
  readonly acts: Parts['acts'];
  readonly lobby: Parts['lobby'];
  readonly lobbyPeople: LobbyPeople;
  readonly waiting: WaitingPeople;
  readonly doorkeeper: Doorkeeper;
  readonly otherDevices: OtherDevices;
  /** For what all clients do at once after something was lost. */
  readonly returns: Readonly<Record<'room:resume' | 'media:reopen', Spread>>;
  readonly #parts: Parts;
  readonly #sweeper: Sweeper;
  readonly #orphans: Orphans;
  readonly #evacuation: Evacuation;
  readonly #succession: Succession;

  constructor(parts: Parts) {
    const { store, nodes, tasks, exit, settings, logger } = parts;
    const { resumeGraceMs, instanceLostMs, returnsPerSecond } = settings;
    const returns = { burst: returnsPerSecond, perSecond: returnsPerSecond };
    this.returns = { 'room:resume': new Spread(returns), 'media:reopen': new Spread(returns) };
    this.#parts = parts;
    this.acts = parts.acts;
    this.lobby = parts.lobby;
    this.rooms = new LocalRooms(parts);
    this.opener = new MediaOpener(parts);
    this.lobbyPeople = new LobbyPeople({ ...parts, peersOf: (code) => this.rooms.find(code)?.wholePeers });
    this.ice = new IceOffer(settings.ice, () => this.rooms.all.flatMap(({ here }) => here.sessions));
    this.waiting = new WaitingPeople({ store, settings, logger });
    this.doorkeeper = new Doorkeeper(parts);
    this.otherDevices = new OtherDevices(parts);
    this.admission = new Admission(parts, this.rooms, this.opener, this.ice, this.waiting);
    this.resumption = new Resumption(parts, this.rooms, this.ice);
    this.moderation = new Moderation(parts);
    this.callRules = new CallRules(parts);
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
    this.#evacuation = new Evacuation({
      store,
      nodes,
      rooms: () => this.rooms.all,
      drainMs: settings.drainMs,
      logger,
    });
    this.#orphans = new Orphans({
      store,
      intervalMs: instanceLostMs / ORPHAN_LOOKS_PER_LOSS,
      resumeGraceMs,
      serves: ({ code, sessionId }) => this.rooms.find(code)?.here.serves(sessionId) === true,
      logger,
    });
  }

  close(): void {
    this.ice.close();
    this.waiting.close();
    this.lobbyPeople.close();
    this.#succession.close();
    this.#evacuation.close();
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

  /** Stores that the page of the peer goes away. The peer may resume within a shorter grace than after a lost socket. */
  suspend(session: PeerSession): Promise<void> {
    return session.suspend(this.#parts.settings.closedGraceMs);
  }

  /**
   * Ends every session, because this instance stops. With a shared store the peers resume on another instance. Otherwise
   * none could take them over, so that they leave and their media is released. Joins and resumes in progress fail.
   */
  async stop(): Promise<void> {
    this.#evacuation.close();
    this.#orphans.close();
    this.#sweeper.close();
    this.rooms.stopAccepting();
    this.lobby.close();
    const { all } = this.rooms;
    const arrivals = all.flatMap((room) =>
      room.here.arrivals.map((arrival) => this.#turnAway(room, arrival)),
    );
    const sessions = all.flatMap(({ here }) => here.sessions);
    const stopping: Promise<void>[] = [];
    for (const session of sessions) {
      stopping.push(this.#stop(session));
      await this.#pauseBetween(sessions.length);
    }
    await Promise.all([...arrivals, ...stopping]);
    await withDeadline(this.#parts.nodes.released(), RELEASE_TIMEOUT_MS, () => undefined);
  }

  /** The other instances admit those who come over at a bounded rate, so they come one after the other. */
  async #pauseBetween(count: number): Promise<void> {
    const { store, settings } = this.#parts;
    if (store.shared && settings.drainMs > 0)
      await pause(Math.min(HANDOVER_PAUSE_MS, settings.drainMs / count));
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
