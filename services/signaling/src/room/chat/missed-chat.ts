import { setTimeout as pause } from 'node:timers/promises';
import type { RoomCode } from '@parley/proto/ids';
import { SNAPSHOT_CHAT_MAX } from '@parley/proto/requests';
import type { ChatReader } from '../../database/chat-record.ts';
import type { ChatRepository } from '../../database/chat-repository.ts';
import type { PeerSession } from '../../peer/peer-session.ts';
import { messageFor } from './chat-history.ts';

const RETRY_MS = 1_000;

/**
 * Sends a client that came back what its snapshot lacks, because PostgreSQL did not answer in time. Nobody else would: for this instance those
 * messages are passed on. Those that the client has already are harmless. Ends when they are read or the session is over. Never rejects.
 */
export async function sendMissedChat(
  chat: ChatRepository,
  session: PeerSession,
  { code, reader }: { code: RoomCode; reader: ChatReader },
): Promise<void> {
  while (!session.closed) {
    const page = await chat.list(code, reader, { limit: SNAPSHOT_CHAT_MAX }).catch(() => undefined);
    if (session.closed) return;
    if (page !== undefined) {
      for (const record of page.records)
        session.notify('chat:received', { message: messageFor(record, reader) });
      return;
    }
    await pause(RETRY_MS, undefined, { ref: false });
  }
}
