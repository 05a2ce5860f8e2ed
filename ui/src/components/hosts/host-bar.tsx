'use client';

import { MicOff, ShieldCheck } from 'lucide-react';
import { useArrangement } from '../../hooks/use-arrangement.tsx';
import { useCall, useCallClient } from '../../hooks/use-call.tsx';
import { useWords } from '../../hooks/use-words.ts';
import { Button } from '../basics/button.tsx';

/** At the top of the list of people, for those who lead the call. */
export function HostBar() {
  const { t } = useWords();
  const { leading } = useCallClient();
  const { dispatch } = useArrangement();
  const moderates = useCall((state) => state.permissions.includes('moderate'));
  const isAlone = useCall((state) => state.participants.length < 2);
  if (!moderates) return null;
  return (
    <div className="flex flex-wrap gap-2 px-2 pb-3">
      <Button
        size="small"
        className="flex-1"
        onClick={() => dispatch({ type: 'dialog-opened', dialog: 'hosts' })}
      >
        <ShieldCheck aria-hidden />
        <span>{t('hosts.panel.open')}</span>
      </Button>
      <Button size="small" className="flex-1" disabled={isAlone} onClick={() => void leading.muteAll()}>
        <MicOff aria-hidden />
        <span>{t('hosts.panel.muteAll')}</span>
      </Button>
    </div>
  );
}
