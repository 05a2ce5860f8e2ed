import type { PeerId } from '@parley/proto/ids';
import { permissionsOf, type Notification, type Permission, type Snapshot } from '@parley/proto/requests';
import type { PeerRecord, PeopleCounts, RoomSettings } from '@parley/proto/room';
import { otherPeers } from './participants.ts';
import { applyNotification, applySnapshot, NO_RECORDS, type Records } from './records.ts';
import { ReturningPeople } from './returning-people.ts';
import { shownNames } from './shown-names.ts';
import type { NotificationEvent } from '../signaling/signaling-connection.ts';
import {
  byRecency,
  applySpeakers,
  nextSilenceAt,
  NO_SPEAKERS,
  speakingNow,
  type Speakers,
} from './speakers.ts';

const NOTHING: readonly Permission[] = [];

/** The peers in the room and the peers whose voice is heard, as the server reported them. */
export class RoomState {
  readonly #onChanged: () => void;
  readonly #returning: ReturningPeople;
  #records: Records = NO_RECORDS;
  #others: readonly PeerRecord[] = [];
  /** The names as the page shows them, once somebody asked for one of these peers. */
  #names: ReadonlyMap<PeerId, string> | null = null;
  #heard: Speakers = NO_SPEAKERS;
  #permissions: readonly Permission[] = NOTHING;
  #silence: ReturnType<typeof setTimeout> | null = null;
  /** The record of the room does not say it. */
  #namesBeforeJoin = false;
  /** The settings with it, and the record that they are of. */
  #shownSettings: { of: RoomSettings; settings: RoomSettings } | null = null;

  constructor(onChanged: () => void) {
    this.#onChanged = onChanged;
    this.#returning = new ReturningPeople(onChanged);
  }

  get records(): Records {
    return this.#records;
  }

  /** The records that the page shows: also of those who come back by themselves, and are not there yet. */
  get shownRecords(): Records {
    return this.#returning.addTo(this.#records);
  }

  /** The remote peers, in the order of joining. */
  get others(): readonly PeerRecord[] {
    return this.#others;
  }

  /** The number of people, if there are more than the page has records of; otherwise null. */
  get crowd(): PeopleCounts | null {
    const { counts, peers } = this.#records;
    return counts !== null && counts.all > peers.size ? counts : null;
  }

  get self(): PeerRecord | null {
    return this.#records.selfId === null ? null : (this.#records.peers.get(this.#records.selfId) ?? null);
  }

  get dominantPeerId(): PeerId | null {
    const { dominantPeerId } = this.#heard;
    return dominantPeerId !== null && this.#records.peers.has(dominantPeerId) ? dominantPeerId : null;
  }

  get speaking(): ReadonlySet<PeerId> {
    return speakingNow(this.#heard, Date.now());
  }

  /** The peers whose voice was heard, the latest first. */
  get heard(): readonly PeerId[] {
    return byRecency(this.#heard);
  }

  /** What this person may do now. The same object until it changes. */
  get permissions(): readonly Permission[] {
    return this.#permissions;
  }

  /** The same object until they change. `namesBeforeJoin` is known to those who may change it. */
  get settings(): RoomSettings | null {
    const of = this.#records.room?.settings ?? null;
    if (of === null || !this.#namesBeforeJoin) return of;
    if (this.#shownSettings?.of !== of)
      this.#shownSettings = { of, settings: { ...of, namesBeforeJoin: true } };
    return this.#shownSettings.settings;
  }

  load(snapshot: Snapshot): void {
    // A server on which it is on says so after the snapshot.
    this.#namesBeforeJoin = false;
    this.#setRecords(applySnapshot(this.#records, snapshot));
  }

  apply(event: NotificationEvent): void {
    this.#setRecords(applyNotification(this.#records, event));
  }

  applyDoor({ namesBeforeJoin }: Notification<'door:changed'>): void {
    this.#namesBeforeJoin = namesBeforeJoin;
    this.#onChanged();
  }

  applySpeakers(event: Notification<'speakers:changed'>): void {
    this.#heard = applySpeakers(this.#heard, event, Date.now());
    this.#waitForSilence();
    this.#onChanged();
  }

  /** The name of a peer as the page shows it. */
  nameOf(peerId: PeerId): string | null {
    this.#names ??= shownNames(this.#records.peers.values());
    return this.#names.get(peerId) ?? null;
  }

  close(): void {
    if (this.#silence !== null) clearTimeout(this.#silence);
    this.#returning.close();
  }

  #setRecords(records: Records): void {
    if (records === this.#records) return;
    this.#returning.follow(this.#records, records);
    this.#records = records;
    this.#others = otherPeers(records);
    this.#names = null;
    this.#permissions = this.#permissionsNow();
    this.#onChanged();
  }

  #permissionsNow(): readonly Permission[] {
    const { self, settings } = this;
    const now = self === null || settings === null ? NOTHING : permissionsOf(self, settings);
    const isSame =
      now.length === this.#permissions.length && now.every((one) => this.#permissions.includes(one));
    return isSame ? this.#permissions : now;
  }

  /** The server sends no notification when the hold of a speaking ring ends. A timer ends it. */
  #waitForSilence(): void {
    if (this.#silence !== null) clearTimeout(this.#silence);
    this.#silence = null;
    const now = Date.now();
    const at = nextSilenceAt(this.#heard, now);
    if (at === null) return;
    this.#silence = setTimeout(
      () => {
        this.#waitForSilence();
        this.#onChanged();
      },
      at - now + 1,
    );
  }
}
