/** Everything a key does in the call. */
export type ShortcutId =
  | 'microphone'
  | 'camera'
  | 'share'
  | 'hand'
  | 'chat'
  | 'people'
  | 'statistics'
  | 'layout'
  | 'self-view'
  | 'fullscreen'
  | 'picture-in-picture'
  | 'copy-link'
  | 'previous-page'
  | 'next-page'
  | 'settings'
  | 'help';

export type Shortcut = { id: ShortcutId; key: string; shown: string; does: string };

export const SHORTCUTS: readonly Shortcut[] = [
  { id: 'microphone', key: 'm', shown: 'M', does: 'Mute or unmute' },
  { id: 'camera', key: 'v', shown: 'V', does: 'Camera on or off' },
  { id: 'share', key: 's', shown: 'S', does: 'Share the screen, or stop' },
  { id: 'hand', key: 'h', shown: 'H', does: 'Raise or lower your hand' },
  { id: 'chat', key: 'c', shown: 'C', does: 'Open or close the chat' },
  { id: 'people', key: 'p', shown: 'P', does: 'Open or close the list of people' },
  { id: 'statistics', key: 'd', shown: 'D', does: 'Open or close the statistics' },
  { id: 'layout', key: 'g', shown: 'G', does: 'Grid or speaker view' },
  { id: 'self-view', key: 'o', shown: 'O', does: 'Show or hide your own picture' },
  { id: 'fullscreen', key: 'f', shown: 'F', does: 'Fullscreen' },
  { id: 'picture-in-picture', key: 'i', shown: 'I', does: 'Picture in picture' },
  { id: 'copy-link', key: 'l', shown: 'L', does: 'Copy the link' },
  { id: 'previous-page', key: 'pageup', shown: 'PgUp', does: 'Previous page of people' },
  { id: 'next-page', key: 'pagedown', shown: 'PgDn', does: 'Next page of people' },
  { id: 'settings', key: ',', shown: ',', does: 'Settings' },
  { id: 'help', key: '?', shown: '?', does: 'This list' },
];

type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'repeat'>;

/** What a key press asks for, or null. Keys held down or with modifiers belong to the browser. */
export function shortcutFor(press: KeyPress): ShortcutId | null {
  if (press.ctrlKey || press.metaKey || press.altKey || press.repeat) return null;
  const key = press.key.toLowerCase();
  return SHORTCUTS.find((shortcut) => shortcut.key === key)?.id ?? null;
}

export function shortcutKey(id: ShortcutId): string | undefined {
  return SHORTCUTS.find((shortcut) => shortcut.id === id)?.shown;
}
