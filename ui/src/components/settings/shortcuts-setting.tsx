import { useWords } from '../../hooks/use-words.ts';
import { PageSwitch } from './page-switch.tsx';

/** Switches shortcuts off: single keys disturb people who use speech input. */
export function ShortcutsSetting() {
  const { t } = useWords();
  return <PageSwitch label={t('settings.shortcuts.title')} preference="shortcutsOn" />;
}
