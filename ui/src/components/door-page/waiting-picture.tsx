'use client';

import { useCall, useCallClient } from '../../hooks/use-call.tsx';
import { isOn, switchState } from '../../selectors/is-on.ts';
import { OwnPicture } from '../prejoin-page/own-picture.tsx';
import { useTrackLevel } from './use-track-level.ts';

/** The own picture of somebody who waits. The call has the devices already. */
export function WaitingPicture({ name }: { name: string }) {
  const call = useCallClient();
  const track = useCall(() => call.devices.camera.track);
  const camera = useCall((state) => state.camera);
  const microphone = useCall((state) => state.microphone);
  const devices = useCall((state) => state.devices);
  const readLevel = useTrackLevel(useCall(() => call.devices.microphone.track));
  // The call shows a failure as a notice.
  const ignoreFailure = (work: Promise<void>) => void work.catch(() => undefined);
  return (
    <OwnPicture
      name={name}
      track={track}
      camera={camera}
      isCameraWanted={isOn(camera)}
      switches={{ microphone: switchState(microphone), camera: switchState(camera) }}
      devices={devices}
      isMicrophoneLive={microphone.status === 'live'}
      readLevel={readLevel}
      onMicrophone={(on) => ignoreFailure(call.devices.setMicrophone(on))}
      onCamera={(on) => ignoreFailure(call.devices.setCamera(on))}
      onChooseCamera={(id) => ignoreFailure(call.devices.selectCamera(id))}
    />
  );
}
