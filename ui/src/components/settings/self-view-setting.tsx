'use client';

import { useArrangement } from '../../hooks/use-arrangement.tsx';
import type { SelfView } from '../../arrangement/self-view.ts';
import { Select } from '../basics/select.tsx';

const CHOICES: { value: SelfView; label: string }[] = [
  { value: 'auto', label: 'Your picture: placed automatically' },
  { value: 'floating', label: 'Your picture: in a corner' },
  { value: 'hidden', label: 'Your picture: hidden' },
];

export function SelfViewSetting() {
  const { arrangement, dispatch } = useArrangement();
  return (
    <Select
      label="Your picture"
      value={arrangement.selfView}
      options={CHOICES}
      onChange={(value) => {
        const choice = CHOICES.find((candidate) => candidate.value === value);
        if (choice !== undefined) dispatch({ type: 'self-view-chosen', selfView: choice.value });
      }}
    />
  );
}
