import { shortcutKey, type ShortcutId } from '../browser/shortcuts.ts';
import type { Words } from '../languages/words.ts';

/** The key of an action, as keyboards of the language show it. */
export function keyWords({ t }: Words, id: ShortcutId): string | undefined {
  switch (id) {
    case 'previous-page':
      return t('settings.shortcuts.keys.pageup');
    case 'next-page':
      return t('settings.shortcuts.keys.pagedown');
    default:
      return shortcutKey(id);
  }
}
