'use client';

import { useArrangement } from '../../hooks/use-arrangement.tsx';
import { useWords } from '../../hooks/use-words.ts';
import type { SelfView } from '../../arrangement/self-view.ts';
import { Select } from '../basics/select.tsx';

const CHOICES: readonly SelfView[] = ['auto', 'floating', 'hidden'];

export function SelfViewSetting() {
  const { t } = useWords();
  const { arrangement, dispatch } = useArrangement();
  return (
    <Select
      label={t('settings.selfView.label')}
      value={arrangement.selfView}
      options={CHOICES.map((value) => ({ value, label: t(`settings.selfView.${value}`) }))}
      onChange={(value) => {
        const choice = CHOICES.find((candidate) => candidate === value);
        if (choice !== undefined) dispatch({ type: 'self-view-chosen', selfView: choice });
      }}
    />
  );
}
