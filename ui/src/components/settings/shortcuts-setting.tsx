'use client';

import { useState } from 'react';
import { pagePreferences } from '../../browser/preferences.ts';
import { Switch } from '../basics/switch.tsx';

/** Switches shortcuts off: single keys disturb people who use speech input. */
export function ShortcutsSetting() {
  const [on, setOn] = useState(() => pagePreferences.load().shortcutsOn);
  return (
    <Switch
      label="Keyboard shortcuts"
      checked={on}
      onChange={(checked) => {
        setOn(checked);
        pagePreferences.save({ shortcutsOn: checked });
      }}
    />
  );
}
