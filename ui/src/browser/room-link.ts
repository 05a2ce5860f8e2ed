/** The address others open to come here: without anything that was appended to it. */
export function roomLink(): string {
  return `${location.origin}${location.pathname}`;
}

/** False where the browser does not let a page write to the clipboard. */
export async function copyRoomLink(): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(roomLink());
    return true;
  } catch {
    return false;
  }
}
