'use client';

import { useRef, useState } from 'react';
import type { DeviceList, DeviceState } from '../../call/devices/device-state.ts';
import { usePictureFit } from '../../hooks/use-picture-fit.ts';
import { useWords } from '../../hooks/use-words.ts';
import type { Size } from '../../layout/rect.ts';
import type { SwitchState } from '../../selectors/is-on.ts';
import { isMirrored } from '../../selectors/mirrored.ts';
import { cameraWords } from '../../words/device-words.ts';
import { CameraToggle } from '../devices/camera-toggle.tsx';
import { FlipCamera } from '../devices/flip-camera.tsx';
import { MicrophoneToggle } from '../devices/microphone-toggle.tsx';
import { Avatar } from '../tile/avatar.tsx';
import { TrackVideo } from '../tile/track-video.tsx';
import { MicrophoneLevel } from './microphone-level.tsx';

type OwnPictureProps = {
  name: string;
  /** The track of the camera. */
  track: MediaStreamTrack | null;
  camera: DeviceState;
  isCameraWanted: boolean;
  switches: { microphone: SwitchState; camera: SwitchState };
  devices: DeviceList;
  isMicrophoneLive: boolean;
  /** How loud the microphone is now, 0 to 1. */
  readLevel: () => number;
  onMicrophone: (on: boolean) => void;
  onCamera: (on: boolean) => void;
  onChooseCamera: (cameraId: string) => void;
};

/** The own picture of somebody who is not in the call yet, with the switches of microphone and camera and the level of the microphone. */
export function OwnPicture({ name, track, camera, isCameraWanted, ...props }: OwnPictureProps) {
  const words = useWords();
  const root = useRef<HTMLElement>(null);
  const [shape, setShape] = useState<Size | null>(null);
  const fit = usePictureFit(root, shape, null);
  return (
    <section
      ref={root}
      aria-label={words.t('prejoin.yourPicture')}
      className="relative aspect-video w-full overflow-hidden rounded-2xl border border-line bg-surface max-lg:aspect-4/3"
    >
      <div className="absolute inset-0 flex flex-col items-center justify-center gap-4 pb-12">
        <Avatar name={name} className="size-20 text-2xl sm:size-24 sm:text-3xl" />
        <p role="status" className="text-sm text-ink-soft">
          {cameraWords(words, camera, isCameraWanted)}
        </p>
      </div>
      {track === null ? null : (
        <TrackVideo
          track={track}
          mirrored={isMirrored(track)}
          fit={fit}
          onShape={setShape}
          label={words.t('prejoin.yourCamera')}
          className="absolute inset-0"
        />
      )}
      <div className="absolute inset-x-0 bottom-0 flex items-end justify-center gap-3 p-4">
        <div className="glass flex items-center gap-2 rounded-full p-1.5">
          <MicrophoneToggle state={props.switches.microphone} onToggle={props.onMicrophone} />
          <CameraToggle state={props.switches.camera} onToggle={props.onCamera} />
        </div>
      </div>
      {track === null ? null : (
        <FlipCamera
          devices={props.devices}
          onChoose={props.onChooseCamera}
          className="absolute top-3 end-3 size-11"
        />
      )}
      <MicrophoneLevel
        readLevel={props.readLevel}
        live={props.isMicrophoneLive}
        className="absolute top-4 start-4"
      />
    </section>
  );
}
