'use client';

import { useCall, useCallClient } from '../../hooks/use-call.tsx';
import { useCallActions } from '../../hooks/use-call-actions.ts';
import { useDenial } from '../hosts/use-denial.ts';
import { useWords } from '../../hooks/use-words.ts';
import { switchState } from '../../selectors/is-on.ts';
import { CameraToggle } from '../devices/camera-toggle.tsx';
import { DeviceMenu } from './device-menu.tsx';
import { SplitControl } from './split-control.tsx';
import { TroubleMark } from './trouble-mark.tsx';

export function CameraControl({ plain = false }: { plain?: boolean }) {
  const { t } = useWords();
  const call = useCallClient();
  const { camera: toggleCamera } = useCallActions();
  const state = useCall((current) => switchState(current.camera));
  const devices = useCall((state) => state.devices);
  const denied = useDenial('camera');
  const toggle = (
    <span className="relative">
      <CameraToggle state={state} onToggle={toggleCamera} denied={denied} />
      <TroubleMark device="camera" />
    </span>
  );
  if (plain) return toggle;
  return (
    <SplitControl>
      {toggle}
      <DeviceMenu
        label={t('controls.deviceMenu.video')}
        lists={[
          {
            title: t('devices.camera'),
            choices: devices.cameras,
            chosen: devices.cameraId,
            choose: (id) => call.devices.selectCamera(id),
          },
        ]}
      />
    </SplitControl>
  );
}
