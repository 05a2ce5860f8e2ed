/** The address that others open to join: this page without query and fragment. */
function roomLink(): string {
  return `${location.origin}${location.pathname}`;
}

/** False if the browser does not let the page write to the clipboard. */
export async function copyRoomLink(): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(roomLink());
    return true;
  } catch {
    return false;
  }
}
