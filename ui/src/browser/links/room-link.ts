import type { RoomCode } from '@parley/proto/ids';

/** The address that others open to join: this page without query and fragment. */
function roomLink(): string {
  return `${location.origin}${location.pathname}`;
}

/** The address with which others join a room. */
export function linkOf(code: RoomCode): string {
  return `${location.origin}/r/${code}`;
}

/** False if the browser does not let the page write to the clipboard. */
export async function copyRoomLink(link = roomLink()): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(link);
    return true;
  } catch {
    return false;
  }
}
