'use client';

import { CAPACITY_MAX, type WhoMay } from '@parley/proto/room';
import { useWords } from '../../hooks/use-words.ts';
import { Switch } from '../basics/switch.tsx';
import { ChoiceSetting } from './choice-setting.tsx';
import { CommittedField } from './committed-field.tsx';
import { PasscodeSetting } from './passcode-setting.tsx';
import { SettingsGroup } from './settings-group.tsx';
import type { SettingsProps } from './settings-props.ts';
import { TimeSettings } from './time-settings.tsx';

const DOOR = ['locked', 'waitingRoom', 'guestsAllowed', 'namesBeforeJoin'] as const;
const RIGHTS = ['whoMayUnmute', 'whoMayStartVideo', 'whoMayShareScreen', 'whoMayChat'] as const;
const WHO: readonly WhoMay[] = ['everybody', 'hosts'];
const HISTORIES = ['call', 'everything', 'nothing'] as const;

/** Every setting of a room, for a page and for a dialog in the call. It keeps nothing: who shows it applies the changes. */
export function SettingsForm({ settings, onChange }: SettingsProps) {
  const { t } = useWords();
  return (
    <>
      <SettingsGroup title={t('roomSettings.door')}>
        {DOOR.map((name) => (
          <Switch
            key={name}
            label={t(`roomSettings.${name}.label`)}
            hint={t(`roomSettings.${name}.hint`)}
            checked={settings[name] ?? false}
            onChange={(on) => onChange({ [name]: on })}
          />
        ))}
        <PasscodeSetting hasPasscode={settings.hasPasscode} onChange={(passcode) => onChange({ passcode })} />
        <CapacitySetting settings={settings} onChange={onChange} />
        <TimeSettings settings={settings} onChange={onChange} />
      </SettingsGroup>
      <SettingsGroup title={t('roomSettings.call')}>
        <Switch
          label={t('roomSettings.mutedOnEntry.label')}
          hint={t('roomSettings.mutedOnEntry.hint')}
          checked={settings.mutedOnEntry}
          onChange={(mutedOnEntry) => onChange({ mutedOnEntry })}
        />
        {RIGHTS.map((name) => (
          <ChoiceSetting
            key={name}
            label={t(`roomSettings.${name}`)}
            value={settings[name]}
            options={WHO.map((value) => ({ value, label: t(`roomSettings.whoMay.${value}`) }))}
            onChange={(who) => onChange({ [name]: who })}
          />
        ))}
        <ChoiceSetting
          label={t('roomSettings.history.label')}
          value={settings.historyForLatecomers}
          options={HISTORIES.map((value) => ({ value, label: t(`roomSettings.history.${value}`) }))}
          onChange={(historyForLatecomers) => onChange({ historyForLatecomers })}
        />
      </SettingsGroup>
    </>
  );
}

function CapacitySetting({ settings: { capacity }, onChange }: SettingsProps) {
  const { t } = useWords();
  const commit = (text: string): string | null => {
    if (text.trim() === '') {
      onChange({ capacity: null });
      return null;
    }
    const places = Number(text);
    if (!Number.isInteger(places) || places < 1 || places > CAPACITY_MAX)
      return t('roomSettings.capacity.refused', { max: CAPACITY_MAX });
    onChange({ capacity: places });
    return null;
  };
  return (
    <CommittedField
      label={t('roomSettings.capacity.label')}
      hint={t('roomSettings.capacity.hint')}
      inputMode="numeric"
      stored={capacity === null ? '' : String(capacity)}
      onCommit={commit}
    />
  );
}
