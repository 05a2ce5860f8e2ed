'use client';

import { useState } from 'react';
import { pagePreferences, PICTURES_MAX_CHOICES } from '../../browser/preferences.ts';
import { useCallClient } from '../../hooks/use-call.tsx';
import { useWords } from '../../hooks/use-words.ts';
import { Select } from '../basics/select.tsx';

const ALL = 'all';

/** How many pictures this browser receives at the same time. */
export function ReceivedSetting() {
  const { t } = useWords();
  const call = useCallClient();
  const [max, setMax] = useState(() => pagePreferences.load().picturesMax);
  return (
    <div className="my-2 flex flex-col gap-1.5">
      <Select
        label={t('settings.received.label')}
        value={max === null ? ALL : String(max)}
        options={[
          { value: ALL, label: t('settings.received.all') },
          ...PICTURES_MAX_CHOICES.map((count) => ({
            value: String(count),
            label: t('settings.received.most', { count }),
          })),
        ]}
        onChange={(value) => {
          const chosen = PICTURES_MAX_CHOICES.find((count) => String(count) === value) ?? null;
          setMax(chosen);
          pagePreferences.save({ picturesMax: chosen });
          call.economy.setPicturesMax(chosen);
        }}
      />
      <p className="text-sm text-ink-soft">{t('settings.received.hint')}</p>
    </div>
  );
}
