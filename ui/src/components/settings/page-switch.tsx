'use client';

import { useState } from 'react';
import { pagePreferences, type PagePreferences } from '../../browser/preferences.ts';
import { Switch } from '../basics/switch.tsx';

/** The names of the preferences that are on or off. */
type Switched = {
  [Key in keyof PagePreferences]: PagePreferences[Key] extends boolean ? Key : never;
}[keyof PagePreferences];

type PageSwitchProps = {
  label: string;
  hint?: string;
  preference: Switched;
  onChange?: (on: boolean) => void;
};

/** A switch for something that this browser remembers. */
export function PageSwitch({ label, hint, preference, onChange }: PageSwitchProps) {
  const [on, setOn] = useState(() => pagePreferences.load()[preference]);
  return (
    <Switch
      label={label}
      {...(hint === undefined ? {} : { hint })}
      checked={on}
      onChange={(checked) => {
        setOn(checked);
        pagePreferences.save({ [preference]: checked });
        onChange?.(checked);
      }}
    />
  );
}
