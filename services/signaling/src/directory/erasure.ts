import type { Logger } from '@parley/common/logging';
import { ParleyError } from '@parley/proto/errors';
import type { RoomCode } from '@parley/proto/ids';
import { identitySchema, type Identity } from '@parley/proto/room';
import type { ErasureRepository } from '../database/erasure-repository.ts';
import type { RoomKeeper } from './room-keeper.ts';
import type { RoomRemoval } from './room-removal.ts';

export type ErasureReport = {
  roomsDeleted: number;
  roomsHandedOver: number;
  attendanceAnonymised: number;
  messagesAnonymised: number;
  bansDeleted: number;
  actsAnonymised: number;
};

type ErasureOptions = {
  repository: ErasureRepository;
  removal: RoomRemoval;
  keeper: RoomKeeper;
  logger: Logger;
};

/** Takes a person out of the rooms, because the account is deleted. Harmless if repeated after a lost answer. */
export class Erasure {
  readonly #options: ErasureOptions;

  constructor(options: ErasureOptions) {
    this.#options = options;
  }

  /** The rooms go to the successor, or are deleted where there is none. The arguments are unchecked input. */
  async erase(identity: string, successor: string): Promise<ErasureReport> {
    const { repository, logger } = this.#options;
    const person = readIdentity(identity);
    const rooms = await this.#giveAway(person, successor === '' ? null : readIdentity(successor));
    const anonymised = await repository.anonymise(person);
    const banned = await repository.deleteBans(person);
    await this.#refresh(banned);
    const report = {
      ...rooms,
      attendanceAnonymised: anonymised.attendance,
      messagesAnonymised: anonymised.messages,
      bansDeleted: banned.length,
      actsAnonymised: anonymised.acts,
    };
    logger.info(report, 'identity erased');
    return report;
  }

  async #giveAway(
    person: Identity,
    successor: Identity | null,
  ): Promise<{ roomsDeleted: number; roomsHandedOver: number }> {
    const { repository, removal } = this.#options;
    if (successor !== null) {
      const codes = await repository.handOver(person, successor);
      await this.#refresh(codes);
      return { roomsDeleted: 0, roomsHandedOver: codes.length };
    }
    let roomsDeleted = 0;
    for (const code of await repository.roomsOf(person)) if (await removal.remove(code)) roomsDeleted += 1;
    return { roomsDeleted, roomsHandedOver: 0 };
  }

  async #refresh(codes: readonly RoomCode[]): Promise<void> {
    for (const code of codes) await this.#options.keeper.refresh(code);
  }
}

function readIdentity(text: string): Identity {
  const parsed = identitySchema.safeParse(text);
  if (!parsed.success) throw new ParleyError('invalid_request', 'That is not an identity.');
  return parsed.data;
}
