import type { DatabasePool } from '@parley/common/postgres';
import type { ActRepository } from './act-repository.ts';
import type { AttendanceRepository } from './attendance-repository.ts';
import type { BanRepository } from './ban-repository.ts';
import type { ChatRepository } from './chat-repository.ts';
import type { FileRepository } from './file-repository.ts';
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
  acts: ActRepository;
  bans: BanRepository;
  files: Pick<FileRepository, 'endDead'>;
};

/** What ends, and when. What belongs to a room goes with it, and after it the files whose messages are gone. */
export function retentionSteps(
  { days, chatDays }: Kept,
  repositories: RetainedRepositories,
): RetentionStep[] {
  const { pool, chat, attendance, acts, bans, files } = repositories;
  const rooms = new RoomRepository(pool);
  const keptMs = days * DAY_MS;
  return [
    {
      what: 'messages',
      keptMs: Math.min(chatDays ?? days, days) * DAY_MS,
      deleteBefore: (time) => chat.deleteBefore(time),
    },
    { what: 'attendance', keptMs, deleteBefore: (time) => attendance.deleteBefore(time) },
    { what: 'acts', keptMs, deleteBefore: (time) => acts.deleteBefore(time) },
    { what: 'bans', keptMs: 0, deleteBefore: (time) => bans.deleteEndedBefore(time) },
    { what: 'rooms', keptMs, deleteBefore: (time) => rooms.deleteUnusedSince(time) },
    // A file ends with its message. The gateway deletes the bytes of those that ended, and then their rows.
    { what: 'files', keptMs: 0, deleteBefore: () => files.endDead() },
  ];
}
