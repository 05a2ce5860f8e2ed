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

export type Shortcut = { id: ShortcutId; key: string };

export const SHORTCUTS: readonly Shortcut[] = [
  { id: 'microphone', key: 'm' },
  { id: 'camera', key: 'v' },
  { id: 'share', key: 's' },
  { id: 'hand', key: 'h' },
  { id: 'chat', key: 'c' },
  { id: 'people', key: 'p' },
  { id: 'statistics', key: 'd' },
  { id: 'layout', key: 'g' },
  { id: 'self-view', key: 'o' },
  { id: 'fullscreen', key: 'f' },
  { id: 'picture-in-picture', key: 'i' },
  { id: 'voices-only', key: 'a' },
  { id: 'copy-link', key: 'l' },
  { id: 'previous-page', key: 'pageup' },
  { id: 'next-page', key: 'pagedown' },
  { id: 'settings', key: ',' },
  { id: 'help', key: '?' },
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

/** The sign on the key of an action; undefined for a key with a word, which `keyWords` gives. */
export function shortcutKey(id: ShortcutId): string | undefined {
  const key = SHORTCUTS.find((shortcut) => shortcut.id === id)?.key;
  return key?.length === 1 ? key.toUpperCase() : undefined;
}
