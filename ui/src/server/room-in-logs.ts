import { parseRoomCode } from '@parley/proto/room-link';
import { roomAlias } from '@parley/proto/room-alias';

/** The name that logs have for the room of a page, see `roomAlias`. Undefined for a page without a room, and without the key. */
export function nameInLogs(path: string, key = process.env.LOG_KEY): string | undefined {
  if (!key || !path.startsWith('/r/')) return undefined;
  const code = parseRoomCode(path);
  return code === undefined ? undefined : roomAlias(key, code);
}
