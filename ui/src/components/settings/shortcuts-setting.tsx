'use client';

import { useState } from 'react';
import { readPreferences, writePreferences } from '../../browser/preferences.ts';
import { Switch } from '../basics/switch.tsx';

/** Single keys can get in the way of speech input: they can be switched off. */
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
