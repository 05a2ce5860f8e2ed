import { ParleyError } from '@parley/proto/errors';
import { permissionsOf, SOURCE_PERMISSIONS, type Permission } from '@parley/proto/requests';
import { DEFAULT_ROOM_SETTINGS, leads, type PeerRecord, type RoomSettings } from '@parley/proto/room';
import type { Source } from '@parley/proto/rtp';

/** What the peer of a session may do now, by its record and by the settings of the room. */
export class PeerPermissions {
  readonly #record: () => PeerRecord;
  #settings: RoomSettings = DEFAULT_ROOM_SETTINGS;

  /** @param record As the store had it after the session's last change. */
  constructor(record: () => PeerRecord) {
    this.#record = record;
  }

  /** Whether whoever joins now enters the room muted. */
  get mutesOnEntry(): boolean {
    return this.#settings.mutedOnEntry && !leads(this.#record().role);
  }

  includes(permission: Permission): boolean {
    return permissionsOf(this.#record(), this.#settings).includes(permission);
  }

  /** The settings of the room, as the snapshot or an event has them. True if the peer may do other things than before. */
  adopt(settings: RoomSettings): boolean {
    const record = this.#record();
    const before = permissionsOf(record, this.#settings);
    this.#settings = settings;
    const after = permissionsOf(record, settings);
    return before.length !== after.length || before.some((permission) => !after.includes(permission));
  }

  /**
   * Throws `forbidden` if the peer may not send this source, or may not send it without a pause.
   * @param record A newer one than the session has.
   */
  assertMaySend(source: Source, paused: boolean, record = this.#record()): void {
    const permissions = permissionsOf(record, this.#settings);
    const isHeard = source === 'microphone' && !paused;
    if (!permissions.includes(SOURCE_PERMISSIONS[source]) || (isHeard && !permissions.includes('unmute')))
      throw new ParleyError('forbidden');
  }
}
