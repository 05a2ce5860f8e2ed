import type { DatabasePool } from '@parley/common/postgres';
import type { AttendanceRepository } from './attendance-repository.ts';
import type { BanRepository } from './ban-repository.ts';
import type { ChatRepository } from './chat-repository.ts';
import type { RetentionStep } from './retention.ts';
import { RoomRepository } from './room-repository.ts';

const DAY_MS = 86_400_000;

type Kept = {
  /** RETENTION_DAYS. */
  days: number;
  /** CHAT_RETENTION_DAYS, where chat ends sooner. */
  chatDays: number | undefined;
};

export type RetainedRepositories = {
  pool: DatabasePool;
  chat: Pick<ChatRepository, 'deleteBefore'>;
  attendance: AttendanceRepository;
  bans: BanRepository;
};

/** What ends, and when. Rooms come last: what belongs to a room goes with it. */
export function retentionSteps(
  { days, chatDays }: Kept,
  repositories: RetainedRepositories,
): RetentionStep[] {
  const { pool, chat, attendance, bans } = repositories;
  const rooms = new RoomRepository(pool);
  const keptMs = days * DAY_MS;
  return [
    {
      what: 'messages',
      keptMs: Math.min(chatDays ?? days, days) * DAY_MS,
      deleteBefore: (time) => chat.deleteBefore(time),
    },
    { what: 'attendance', keptMs, deleteBefore: (time) => attendance.deleteBefore(time) },
    { what: 'bans', keptMs: 0, deleteBefore: (time) => bans.deleteEndedBefore(time) },
    { what: 'rooms', keptMs, deleteBefore: (time) => rooms.deleteUnusedSince(time) },
  ];
}
