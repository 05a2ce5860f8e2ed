/** An action that has a key in the call. */
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
  | 'voices-only'
  | 'copy-link'
  | 'previous-page'
  | 'next-page'
  | 'settings'
  | 'help';

export type Shortcut = { id: ShortcutId; key: string; keyLabel: string; label: string };

export const SHORTCUTS: readonly Shortcut[] = [
  { id: 'microphone', key: 'm', keyLabel: 'M', label: 'Mute or unmute' },
  { id: 'camera', key: 'v', keyLabel: 'V', label: 'Camera on or off' },
  { id: 'share', key: 's', keyLabel: 'S', label: 'Share the screen, or stop' },
  { id: 'hand', key: 'h', keyLabel: 'H', label: 'Raise or lower your hand' },
  { id: 'chat', key: 'c', keyLabel: 'C', label: 'Open or close the chat' },
  { id: 'people', key: 'p', keyLabel: 'P', label: 'Open or close the list of people' },
  { id: 'statistics', key: 'd', keyLabel: 'D', label: 'Open or close the statistics' },
  { id: 'layout', key: 'g', keyLabel: 'G', label: 'Grid or speaker view' },
  { id: 'self-view', key: 'o', keyLabel: 'O', label: 'Show or hide your own picture' },
  { id: 'fullscreen', key: 'f', keyLabel: 'F', label: 'Fullscreen' },
  { id: 'picture-in-picture', key: 'i', keyLabel: 'I', label: 'Picture in picture' },
  { id: 'voices-only', key: 'a', keyLabel: 'A', label: 'Voices only, or with pictures' },
  { id: 'copy-link', key: 'l', keyLabel: 'L', label: 'Copy the link' },
  { id: 'previous-page', key: 'pageup', keyLabel: 'PgUp', label: 'Previous page of people' },
  { id: 'next-page', key: 'pagedown', keyLabel: 'PgDn', label: 'Next page of people' },
  { id: 'settings', key: ',', keyLabel: ',', label: 'Settings' },
  { id: 'help', key: '?', keyLabel: '?', label: 'This list' },
];

type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'repeat'>;

/** The action of a key press, or null. A key that is held down or pressed with a modifier belongs to the browser. */
export function shortcutFor(press: KeyPress): ShortcutId | null {
  if (press.ctrlKey || press.metaKey || press.altKey || press.repeat) return null;
  const key = latinKey(press);
  return SHORTCUTS.find((shortcut) => shortcut.key === key)?.id ?? null;
}

/** The signs of other scripts for those that have a shortcut here. */
const SIGNS: Readonly<Record<string, string>> = {
  '؟': '?',
  '\u037e': '?',
  '？': '?',
  '،': ',',
  '，': ',',
  '、': ',',
};

/**
 * The letter that was pressed. On a keyboard of another script it is the letter at that place of a Latin one. A Latin
 * letter counts by itself, wherever a keyboard has it.
 */
function latinKey({ key, code }: KeyPress): string {
  if (/^\p{L}\p{M}*$/u.test(key) && !/^\p{Script=Latin}/u.test(key))
    return /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? key;
  return SIGNS[key] ?? key.toLowerCase();
}

export function shortcutKey(id: ShortcutId): string | undefined {
  return SHORTCUTS.find((shortcut) => shortcut.id === id)?.keyLabel;
}
