import { ParleyError } from '@parley/proto/errors';
import { CALLS_PAGE_MAX, type CallDetails, type PastCall, type Visit } from '@parley/proto/rest';
import type { Caller } from '@parley/proto/room';
import { DETAILS_MAX, type HistoryRepository } from '../database/history-repository.ts';
import type { Directory } from './directory.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

type HistoryOptions = { directory: Directory; repository: HistoryRepository };

/** Past calls: of a room for its owner, and of a person for that person. The arguments are unchecked input. */
export class History {
  readonly #options: HistoryOptions;

  constructor(options: HistoryOptions) {
    this.#options = options;
  }

  /** Rejects with `room_not_found` for everybody but the owner. `before` in milliseconds since the epoch. */
  async listCalls(
    code: string,
    before: number | null,
    caller: Caller,
  ): Promise<{ calls: PastCall[]; more: boolean }> {
    const { directory, repository } = this.#options;
    const roomCode = await directory.assertOwns(code, caller);
    const found = await repository.listCalls(roomCode, before, CALLS_PAGE_MAX + 1);
    return { calls: found.slice(0, CALLS_PAGE_MAX), more: found.length > CALLS_PAGE_MAX };
  }

  /** Rejects with `room_not_found` for everybody but the owner, and with `not_found` for a call of another room. */
  async getCall(code: string, callId: string, caller: Caller): Promise<CallDetails> {
    const { directory, repository } = this.#options;
    const roomCode = await directory.assertOwns(code, caller);
    const call = UUID.test(callId) ? await repository.findCall(roomCode, callId) : undefined;
    if (call === undefined) throw new ParleyError('not_found', 'There is no such call.');
    const [{ title }, attendance, messages, acts] = await Promise.all([
      directory.get(roomCode, caller),
      repository.listAttendance(roomCode, call),
      repository.listMessages(roomCode, call),
      repository.listActs(roomCode, call),
    ]);
    return {
      call,
      title,
      attendance: attendance.slice(0, DETAILS_MAX),
      messages: messages.slice(0, DETAILS_MAX),
      acts: acts.slice(0, DETAILS_MAX),
      isCut: [attendance, messages, acts].some(({ length }) => length > DETAILS_MAX),
    };
  }

  async listVisits(before: number | null, { identity }: Caller): Promise<{ visits: Visit[]; more: boolean }> {
    if (identity === null) throw new ParleyError('unauthenticated');
    const found = await this.#options.repository.listVisits(identity, before, CALLS_PAGE_MAX + 1);
    return { visits: found.slice(0, CALLS_PAGE_MAX), more: found.length > CALLS_PAGE_MAX };
  }
}
