'use client';

import { PhoneOff } from 'lucide-react';
import { useCallClient } from '../../hooks/use-call.tsx';
import { useWords } from '../../hooks/use-words.ts';
import { IconButton } from '../basics/icon-button.tsx';

export function LeaveButton() {
  const { t } = useWords();
  const call = useCallClient();
  return (
    <IconButton label={t('controls.leave')} tone="danger" className="sm:w-16" onClick={() => call.leave()}>
      <PhoneOff aria-hidden />
    </IconButton>
  );
}
