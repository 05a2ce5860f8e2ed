'use client';

import { useCallView } from '../../hooks/use-arrangement.tsx';
import type { SelfView } from '../../arrangement/arrangement.ts';
import { Select } from '../basics/select.tsx';

const CHOICES: { value: SelfView; label: string }[] = [
  { value: 'auto', label: 'Own picture: placed automatically' },
  { value: 'floating', label: 'Own picture: in a corner' },
  { value: 'hidden', label: 'Own picture: hidden' },
];

export function SelfViewSetting() {
  const { view, dispatch } = useCallView();
  return (
    <Select
      label="Own picture"
      value={view.selfView}
      options={CHOICES}
      onChange={(value) => {
        const choice = CHOICES.find((candidate) => candidate.value === value);
        if (choice !== undefined) dispatch({ type: 'self-view-chosen', selfView: choice.value });
      }}
    />
  );
}
