'use client';

import { useState } from 'react';
import { AFTER_MUTE, type AfterMute } from '../../call/devices/after-mute.ts';
import { callPreferences } from '../../call/devices/call-preferences.ts';
import { useCallClient } from '../../hooks/use-call.tsx';
import { Select } from '../basics/select.tsx';

const LABELS: Record<AfterMute, string> = {
  free: 'After muting: free it at once',
  'free-soon': 'After muting: free it in 3 seconds',
  'keep-open': 'After muting: keep it open',
};

/** Each choice in the words of what the person notices. */
const EXPLANATIONS: Record<AfterMute, string> = {
  free: 'The light of the microphone goes out at once. Unmuting opens it again, which takes a moment.',
  'free-soon': 'Quick toggles and push-to-talk are instant, and the light of the microphone goes out soon.',
  'keep-open':
    'Unmuting is always instant, the browser does not ask again, and headsets keep their sound. Its light stays on.',
};

export function AfterMuteSetting() {
  const call = useCallClient();
  const [afterMute, setAfterMute] = useState(() => callPreferences.load().afterMute);
  return (
    <div className="flex flex-col gap-1.5">
      <Select
        label="When you mute"
        value={afterMute}
        options={AFTER_MUTE.map((value) => ({ value, label: LABELS[value] }))}
        onChange={(value) => {
          const choice = AFTER_MUTE.find((candidate) => candidate === value);
          if (choice === undefined) return;
          setAfterMute(choice);
          call.devices.setAfterMute(choice);
        }}
      />
      <p className="text-sm text-ink-soft">
        {`${EXPLANATIONS[afterMute]} Nothing is sent while you are muted, whatever you choose.`}
      </p>
    </div>
  );
}
