'use client';

import { useState } from 'react';
import { readPreferences, writePreferences } from '../../browser/preferences.ts';
import { Switch } from '../basics/switch.tsx';

/** Switches shortcuts off: single keys disturb people who use speech input. */
export function ShortcutsSetting() {
  const [on, setOn] = useState(() => readPreferences().shortcutsOn);
  return (
    <Switch
      label="Keyboard shortcuts"
      checked={on}
      onChange={(checked) => {
        setOn(checked);
        writePreferences({ shortcutsOn: checked });
      }}
    />
  );
}
