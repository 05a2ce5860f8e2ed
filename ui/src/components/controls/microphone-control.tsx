'use client';

import { useCall, useCallClient } from '../../hooks/use-call.tsx';
import { useCallActions } from '../../hooks/use-call-actions.ts';
import { useDenial } from '../hosts/use-denial.ts';
import { useWords } from '../../hooks/use-words.ts';
import { switchState } from '../../selectors/is-on.ts';
import { DeviceMenu } from './device-menu.tsx';
import { MicrophoneToggle } from '../devices/microphone-toggle.tsx';
import { SplitControl } from './split-control.tsx';
import { TroubleMark } from './trouble-mark.tsx';

type ControlProps = {
  /** Whether the control lacks the menu of devices. */
  plain?: boolean;
};

export function MicrophoneControl({ plain = false }: ControlProps) {
  const { t } = useWords();
  const call = useCallClient();
  const { microphone: toggleMicrophone } = useCallActions();
  const state = useCall((current) => switchState(current.microphone));
  const devices = useCall((state) => state.devices);
  const denied = useDenial('microphone');
  const toggle = (
    <span className="relative">
      <MicrophoneToggle state={state} onToggle={toggleMicrophone} denied={denied} />
      <TroubleMark device="microphone" />
    </span>
  );
  if (plain) return toggle;
  return (
    <SplitControl>
      {toggle}
      <DeviceMenu
        label={t('controls.deviceMenu.sound')}
        lists={[
          {
            title: t('devices.microphone'),
            choices: devices.microphones,
            chosen: devices.microphoneId,
            choose: (id) => call.devices.selectMicrophone(id),
          },
          {
            title: t('devices.speaker'),
            choices: devices.speakers,
            chosen: devices.speakerId,
            choose: (id) => call.devices.selectSpeaker(id),
          },
        ]}
      />
    </SplitControl>
  );
}
