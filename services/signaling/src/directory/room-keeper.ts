import type { Logger } from '@parley/common/logging';
import { ParleyError } from '@parley/proto/errors';
import type { RoomCode } from '@parley/proto/ids';
import type { BanInfo } from '@parley/proto/rest';
import type { RoomSettingsChange } from '@parley/proto/room';
import type { BanRepository, Banned } from '../database/ban-repository.ts';
import type { RoomRepository, RoomRow } from '../database/room-repository.ts';
import type { LiveRoomStore, RoomChange } from '../store/live-room-store.ts';
import { hashPasscode } from './passcodes.ts';

type RoomKeeperOptions = { rooms: RoomRepository; bans: BanRepository; store: LiveRoomStore; logger: Logger };

/** What is absent stays as it is. */
export type RoomWish = { title?: string | undefined; settings?: RoomSettingsChange | undefined };

/**
 * Changes what is stored of a room, and then its live room, so that a change applies to the running call at once. Callers have
 * checked that the person may.
 */
export class RoomKeeper {
  readonly #options: RoomKeeperOptions;

  constructor(options: RoomKeeperOptions) {
    this.#options = options;
  }

  /** What a live room is made of. Rejects with `room_not_found`. */
  async read(code: RoomCode): Promise<RoomChange> {
    const row = await this.#options.rooms.find(code);
    if (row === undefined) throw new ParleyError('room_not_found');
    // After the row: a ban that comes in between has a higher revision and follows.
    return { record: toRecord(row), access: await this.#accessOf(row) };
  }

  /** Rejects with `room_not_found`. */
  async change(
    code: RoomCode,
    { title, settings: { passcode, ...settings } = {} }: RoomWish,
  ): Promise<RoomRow> {
    const passcodeHash = typeof passcode === 'string' ? await hashPasscode(passcode) : passcode;
    const row = await this.#options.rooms.update(code, { title, settings, passcodeHash });
    if (row === undefined) throw new ParleyError('room_not_found');
    await this.#publish(code, { record: toRecord(row), access: await this.#accessOf(row) });
    return row;
  }

  /** Keeps somebody out from now on. Does not remove the person, who may be in the room. */
  async ban(code: RoomCode, banned: Banned): Promise<void> {
    await this.#options.bans.add(code, banned);
    await this.#publish(code, await this.read(code));
  }

  /** Rejects with `not_found`. */
  async liftBan(code: RoomCode, banId: string): Promise<void> {
    await this.#options.bans.remove(code, banId);
    await this.#publish(code, await this.read(code));
  }

  /** The newest first. */
  listBans(code: RoomCode): Promise<BanInfo[]> {
    return this.#options.bans.list(code);
  }

  /**
   * For a live room that was just made or put back: somebody may have changed the stored room since it was read.
   * `revision`: that of the live room, if it is whole. Never rejects; the next change brings what is missed here.
   */
  async refresh(code: RoomCode, revision?: number): Promise<void> {
    try {
      const stored = await this.read(code);
      if (stored.record.version !== revision) await this.#options.store.changeSettings(code, stored);
    } catch (error) {
      this.#options.logger.warn({ err: error, roomCode: code }, 'live room not brought up to date');
    }
  }

  /** A change that is stored and does not reach the call is worse than one that is asked for again. */
  async #publish(code: RoomCode, change: RoomChange): Promise<void> {
    await this.#options.store.changeSettings(code, change);
  }

  async #accessOf(row: RoomRow): Promise<RoomChange['access']> {
    return { ...toAccess(row), bans: await this.#options.bans.listForDoor(row.code) };
  }
}

/** As far as the row says it. */
export function toAccess({ owner, passcodeHash, namesBeforeJoin }: RoomRow): RoomChange['access'] {
  return { owner, passcodeHash, bans: [], ...(namesBeforeJoin && { namesBeforeJoin }) };
}

function toRecord({ code, title, createdAt, settings, revision }: RoomRow): RoomChange['record'] {
  return { code, version: revision, title, createdAt, settings };
}
