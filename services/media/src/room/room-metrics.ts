import type { Counter, Gauge, Registry } from 'prom-client';
import { SANCTIONS, type Sanction } from '../limits/conduct.ts';
import { Instruments } from '../statistics/instruments.ts';
import {
  PEER_CLOSE_CAUSES,
  REFUSED_THINGS,
  ROOM_CLOSE_CAUSES,
  type PeerCloseCause,
  type RefusedThing,
  type RoomCloseCause,
} from './causes.ts';

/** The metrics of rooms and peers. Labels are closed sets, never the id of a room or of a peer. */
export class RoomMetrics {
  readonly #rooms: Gauge;
  readonly #roomsClosed: Counter<'cause'>;
  readonly #peers: Gauge;
  readonly #peersClosed: Counter<'cause'>;
  readonly #refusals: Counter<'thing'>;
  readonly #sanctions: Counter<'sanction'>;

  constructor(registry: Registry) {
    const make = new Instruments(registry);
    this.#rooms = make.gauge('rooms', 'Open rooms');
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
    this.#beginAtZero();
  }

  roomOpened(): void {
    this.#rooms.inc();
  }

  roomClosed(cause: RoomCloseCause): void {
    this.#rooms.dec();
    this.#roomsClosed.inc({ cause });
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

  sanctioned(sanction: Sanction): void {
    this.#sanctions.inc({ sanction });
  }

  /** A series without a value is not exported, and a counter whose first value is 1 shows no increase. */
  #beginAtZero(): void {
    for (const cause of ROOM_CLOSE_CAUSES) this.#roomsClosed.inc({ cause }, 0);
    for (const cause of PEER_CLOSE_CAUSES) this.#peersClosed.inc({ cause }, 0);
    for (const sanction of SANCTIONS) this.#sanctions.inc({ sanction }, 0);
    for (const thing of REFUSED_THINGS) this.#refusals.inc({ thing }, 0);
  }
}
