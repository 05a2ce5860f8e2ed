'use client';

import { SwitchCamera } from 'lucide-react';
import type { DeviceList } from '../../call/devices/device-state.ts';
import { useIsTouch } from '../../hooks/page/use-media-query.ts';
import { useWords } from '../../hooks/use-words.ts';
import { otherCamera } from '../../selectors/other-camera.ts';
import { cn } from '../basics/cn.ts';

type FlipCameraProps = {
  devices: DeviceList;
  onChoose: (cameraId: string) => void;
  className?: string;
};

/** On phones and tablets with two cameras: changes between the front and the rear camera. */
export function FlipCamera({ devices, onChoose, className }: FlipCameraProps) {
  const { t } = useWords();
  const touch = useIsTouch();
  const other = otherCamera(devices.cameras, devices.cameraId);
  if (!touch || other === null) return null;
  return (
    <button
      type="button"
      aria-label={t('devices.switchCamera')}
      onClick={() => onChoose(other)}
      className={cn(
        'flex size-9 items-center justify-center rounded-full bg-black/60 text-white [&_svg]:size-4.5',
        className,
      )}
    >
      <SwitchCamera aria-hidden />
    </button>
  );
}
