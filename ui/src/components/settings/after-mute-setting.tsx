'use client';

import { useState } from 'react';
import { AFTER_MUTE } from '../../call/devices/after-mute.ts';
import { callPreferences } from '../../call/devices/call-preferences.ts';
import { useCallClient } from '../../hooks/use-call.tsx';
import { useWords } from '../../hooks/use-words.ts';
import { Select } from '../basics/select.tsx';

export function AfterMuteSetting() {
  const { t } = useWords();
  const call = useCallClient();
  const [afterMute, setAfterMute] = useState(() => callPreferences.load().afterMute);
  return (
    <div className="flex flex-col gap-1.5">
      <Select
        label={t('settings.afterMute.label')}
        value={afterMute}
        options={AFTER_MUTE.map((value) => ({ value, label: t(`settings.afterMute.${value}.label`) }))}
        onChange={(value) => {
          const choice = AFTER_MUTE.find((candidate) => candidate === value);
          if (choice === undefined) return;
          setAfterMute(choice);
          call.devices.setAfterMute(choice);
        }}
      />
      <p className="text-sm text-ink-soft">
        {`${t(`settings.afterMute.${afterMute}.explanation`)} ${t('settings.afterMute.nothingSent')}`}
      </p>
    </div>
  );
}
