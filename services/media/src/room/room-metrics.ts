import { RecentNetworks } from '@parley/common/limits';
import { Gauge, type Counter, type Registry } from 'prom-client';
import { SANCTIONS, type Sanction } from '../limits/conduct.ts';
import type { VoiceCount } from '../speakers/room-voices.ts';
import { Instruments } from '../statistics/instruments.ts';
import {
  PEER_CLOSE_CAUSES,
  REFUSED_THINGS,
  ROOM_CLOSE_CAUSES,
  type PeerCloseCause,
  type RefusedThing,
  type RoomCloseCause,
} from './causes.ts';

const NETWORK_TROUBLES = ['dtls_failed', 'ice_timed_out'] as const;
type NetworkTrouble = (typeof NETWORK_TROUBLES)[number];

const VOICE_STATES = ['forwarded', 'held_back'] as const;

/** The metrics of rooms and peers. Labels are closed sets, never the id of a room or of a peer. */
export class RoomMetrics {
  readonly #rooms: Gauge;
  readonly #roomRouters: Gauge;
  readonly #roomsClosed: Counter<'cause'>;
  readonly #peers: Gauge;
  readonly #peersClosed: Counter<'cause'>;
  readonly #refusals: Counter<'thing'>;
  readonly #sanctions: Counter<'sanction'>;
  readonly #quarantined: Counter;
  readonly #voices: Gauge<'state'>;
  readonly #picturesGivenUp: Counter;
  readonly #networks: Readonly<Record<NetworkTrouble, RecentNetworks>> = {
    dtls_failed: new RecentNetworks(),
    ice_timed_out: new RecentNetworks(),
  };

  constructor(registry: Registry) {
    const make = new Instruments(registry);
    this.#rooms = make.gauge('rooms', 'Open rooms');
    this.#roomRouters = make.gauge(
      'room_routers',
      'Routers that rooms use, one for each room and each worker it is on',
    );
    this.#roomsClosed = make.counter('rooms_closed_total', 'Closed rooms', ['cause']);
    this.#peers = make.gauge('peers', 'Open peers');
    this.#peersClosed = make.counter('peers_closed_total', 'Closed peers', ['cause']);
    this.#refusals = make.counter('admission_refusals_total', 'What was refused for want of capacity', [
      'thing',
    ]);
    this.#sanctions = make.counter(
      'sanctions_total',
      'Peers that sent too much: their producer was paused, or they were ended',
      ['sanction'],
    );
    this.#quarantined = make.counter(
      'rooms_quarantined_total',
      'Rooms that are kept closed for ten minutes, because their workers died again and again',
    );
    this.#voices = make.gauge(
      'voices',
      'Open microphones, by state: forwarded, held_back (the room forwards other voices)',
      ['state'],
    );
    this.#picturesGivenUp = make.counter(
      'pictures_given_up_total',
      'Pictures that ended, because a full worker had to forward one more voice',
    );
    this.#exportNetworks(registry);
    this.#beginAtZero();
  }

  roomOpened(): void {
    this.#rooms.inc();
  }

  roomClosed(cause: RoomCloseCause): void {
    this.#rooms.dec();
    this.#roomsClosed.inc({ cause });
  }

  roomRouterOpened(): void {
    this.#roomRouters.inc();
  }

  roomRouterClosed(): void {
    this.#roomRouters.dec();
  }

  peerOpened(): void {
    this.#peers.inc();
  }

  peerClosed(cause: PeerCloseCause): void {
    this.#peers.dec();
    this.#peersClosed.inc({ cause });
  }

  refused(thing: RefusedThing): void {
    this.#refusals.inc({ thing });
  }

  roomQuarantined(): void {
    this.#quarantined.inc();
  }

  /** The open microphones of one room, as counted before and now. */
  voicesChanged(before: VoiceCount, now: VoiceCount): void {
    this.#voices.inc({ state: 'forwarded' }, now.forwarded - before.forwarded);
    this.#voices.inc({ state: 'held_back' }, now.heldBack - before.heldBack);
  }

  pictureGivenUp(): void {
    this.#picturesGivenUp.inc();
  }

  sanctioned(sanction: Sanction): void {
    this.#sanctions.inc({ sanction });
  }

  /** `origin` names where the peer comes from. */
  networkInTrouble(trouble: NetworkTrouble, origin: string): void {
    this.#networks[trouble].add(origin);
  }

  #exportNetworks(registry: Registry): void {
    const networks = this.#networks;
    const gauge = new Gauge({
      name: 'parley_media_networks_in_trouble',
      help: 'Networks of peers whose DTLS handshake failed, or that were lost because no packet of theirs arrived, in the last five to ten minutes',
      labelNames: ['trouble'],
      registers: [],
      collect() {
        for (const trouble of NETWORK_TROUBLES) this.set({ trouble }, networks[trouble].count);
      },
    });
    registry.registerMetric(gauge);
  }

  /** A series without a value is not exported, and a counter whose first value is 1 shows no increase. */
  #beginAtZero(): void {
    for (const cause of ROOM_CLOSE_CAUSES) this.#roomsClosed.inc({ cause }, 0);
    for (const cause of PEER_CLOSE_CAUSES) this.#peersClosed.inc({ cause }, 0);
    for (const sanction of SANCTIONS) this.#sanctions.inc({ sanction }, 0);
    for (const state of VOICE_STATES) this.#voices.set({ state }, 0);
    for (const thing of REFUSED_THINGS) this.#refusals.inc({ thing }, 0);
  }
}
