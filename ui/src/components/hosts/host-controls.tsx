'use client';

import { Hand, MicOff, PhoneOff } from 'lucide-react';
import { useArrangement } from '../../hooks/use-arrangement.tsx';
import { useCall, useCallClient } from '../../hooks/use-call.tsx';
import { useWords } from '../../hooks/use-words.ts';
import { Button } from '../basics/button.tsx';
import { Dialog } from '../basics/dialog.tsx';
import { SettingsForm } from '../room-settings/settings-form.tsx';

/** What somebody who leads the call decides about it while it runs. */
export function HostControls() {
  const { t } = useWords();
  const { leading } = useCallClient();
  const { arrangement, dispatch } = useArrangement();
  const settings = useCall((state) => state.roomSettings);
  const permissions = useCall((state) => state.permissions);
  const mayChange = permissions.includes('change-room');
  return (
    <Dialog
      open={arrangement.dialog === 'hosts' && settings !== null && permissions.includes('moderate')}
      onOpenChange={(open) => !open && dispatch({ type: 'dialog-closed' })}
      title={t('hosts.panel.title')}
      description={t('hosts.panel.description')}
    >
      <Acts />
      {settings === null || !mayChange ? null : (
        <div className="mt-7">
          <SettingsForm settings={settings} onChange={(change) => void leading.changeSettings(change)} />
        </div>
      )}
    </Dialog>
  );
}

function Acts() {
  const { t } = useWords();
  const { leading } = useCallClient();
  const { dispatch } = useArrangement();
  const hands = useCall((state) => state.participants.some(({ handRaisedAt }) => handRaisedAt !== null));
  return (
    <div className="flex flex-wrap gap-2 max-sm:flex-col">
      <Button onClick={() => void leading.muteAll()}>
        <MicOff aria-hidden />
        <span>{t('hosts.panel.muteAll')}</span>
      </Button>
      <Button
        className="max-sm:h-auto max-sm:min-h-11 max-sm:whitespace-normal"
        onClick={() => void leading.muteAll({ stayMuted: true })}
      >
        <MicOff aria-hidden />
        <span>{t('hosts.panel.stayMuted')}</span>
      </Button>
      <Button disabled={!hands} onClick={() => void leading.lowerHands()}>
        <Hand aria-hidden />
        <span>{t('hosts.panel.lowerHands')}</span>
      </Button>
      <Button
        tone="danger"
        onClick={() => dispatch({ type: 'question-asked', question: { act: 'endCall' } })}
      >
        <PhoneOff aria-hidden />
        <span>{t('hosts.panel.endCall')}</span>
      </Button>
    </div>
  );
}
