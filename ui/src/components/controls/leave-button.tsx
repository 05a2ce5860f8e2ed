'use client';

import { PhoneOff } from 'lucide-react';
import { useCallClient } from '../../hooks/use-call.tsx';
import { IconButton } from '../basics/icon-button.tsx';

export function LeaveButton() {
  const call = useCallClient();
  return (
    <IconButton label="Leave" tone="danger" className="sm:w-16" onClick={() => call.leave()}>
      <PhoneOff aria-hidden />
    </IconButton>
  );
}
