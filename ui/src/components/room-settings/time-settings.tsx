'use client';

import type { RoomSettings } from '@parley/proto/room';
import { X } from 'lucide-react';
import { fromLocalField, timeZone, toLocalField } from '../../format/moments.ts';
import { useWords } from '../../hooks/use-words.ts';
import { closesBeforeItOpens } from '../../rooms/applied-settings.ts';
import { IconButton } from '../basics/icon-button.tsx';
import { TextField } from '../basics/text-field.tsx';
import type { SettingsProps } from './settings-props.ts';

const WHICH = ['opensAt', 'closesAt'] as const;

/** When people may come in, in the time of this place. */
export function TimeSettings({ settings, onChange }: SettingsProps) {
  const { t } = useWords();
  const problem = closesBeforeItOpens(settings) ? t('roomSettings.times.order') : null;
  return (
    <div>
      <div className="grid gap-3 sm:grid-cols-2">
        {WHICH.map((which) => (
          <TimeSetting key={which} which={which} settings={settings} onChange={onChange} />
        ))}
      </div>
      <p role={problem === null ? undefined : 'alert'} className={problem === null ? HINT : PROBLEM}>
        {problem ?? t('roomSettings.times.hint', { zone: timeZone() })}
      </p>
    </div>
  );
}

const HINT = '-mt-4 text-sm text-ink-faint';
const PROBLEM = '-mt-4 text-sm text-danger-soft';

function TimeSetting({
  which,
  settings,
  onChange,
}: SettingsProps & { which: keyof Pick<RoomSettings, 'opensAt' | 'closesAt'> }) {
  const { t } = useWords();
  const label = t(`roomSettings.${which}`);
  const value = toLocalField(settings[which]);
  return (
    <div className="flex items-center gap-1">
      <TextField
        className="min-w-0 flex-1"
        type="datetime-local"
        label={label}
        // While parts of it are missing, the browser gives an empty text, which is no wish for no time at all.
        key={value}
        defaultValue={value}
        onBlur={({ target }) => {
          const time = fromLocalField(target.value);
          if (time !== undefined && time !== null && target.value !== value) onChange({ [which]: time });
        }}
      />
      {settings[which] === null ? null : (
        <IconButton
          label={t('roomSettings.times.clear', { what: label })}
          tone="quiet"
          size="small"
          onClick={() => onChange({ [which]: null })}
        >
          <X aria-hidden />
        </IconButton>
      )}
    </div>
  );
}
