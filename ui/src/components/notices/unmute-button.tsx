'use client';

import type { Notice } from '../../call/state/call-state.ts';
import { useCall, useCallClient } from '../../hooks/use-call.tsx';
import { useWords } from '../../hooks/use-words.ts';
import { isOn } from '../../selectors/is-on.ts';
import { Button } from '../basics/button.tsx';

/** The answer to a host who asks to unmute. Only this press unmutes. */
export function UnmuteButton({ notice }: { notice: Notice }) {
  const { t } = useWords();
  const call = useCallClient();
  const isMuted = useCall((state) => !isOn(state.microphone));
  if (notice.act?.kind !== 'asked-to-unmute' || !isMuted) return null;
  return (
    <Button
      size="small"
      tone="primary"
      onClick={() => {
        call.notices.dismiss(notice.id);
        // The call shows a failure as a notice.
        void call.devices.setMicrophone(true).catch(() => undefined);
      }}
    >
      {t('acts.unmute')}
    </Button>
  );
}
