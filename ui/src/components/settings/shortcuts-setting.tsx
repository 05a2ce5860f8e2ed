import { PageSwitch } from './page-switch.tsx';

/** Switches shortcuts off: single keys disturb people who use speech input. */
export function ShortcutsSetting() {
  return <PageSwitch label="Keyboard shortcuts" preference="shortcutsOn" />;
}
