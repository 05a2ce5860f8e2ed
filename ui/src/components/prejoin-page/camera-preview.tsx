'use client';

import { useStateOf } from '../../hooks/use-state-of.ts';
import type { PreviewClient } from '../../call/devices/device-preview.ts';
import { switchState } from '../../selectors/is-on.ts';
import { OwnPicture } from './own-picture.tsx';
import type { WantedDevices } from './use-wanted-devices.ts';

type CameraPreviewProps = { preview: PreviewClient; name: string; wanted: WantedDevices };

/** The own picture before the call, with the devices of the preview. */
export function CameraPreview({ preview, name, wanted }: CameraPreviewProps) {
  const track = useStateOf(preview, (state) => state.cameraTrack);
  const camera = useStateOf(preview, (state) => state.camera);
  const microphone = useStateOf(preview, (state) => state.microphone);
  const devices = useStateOf(preview, (state) => state.devices);
  return (
    <OwnPicture
      name={name}
      track={track}
      camera={camera}
      isCameraWanted={wanted.cameraOn}
      switches={{
        microphone: wanted.microphoneOn ? switchState(microphone) : 'off',
        camera: wanted.cameraOn ? switchState(camera) : 'off',
      }}
      devices={devices}
      isMicrophoneLive={microphone.status === 'live'}
      readLevel={preview.getMicrophoneLevel}
      onMicrophone={wanted.setMicrophone}
      onCamera={wanted.setCamera}
      onChooseCamera={(id) => void preview.selectCamera(id)}
    />
  );
}
