'use client';

import { useRef, useState } from 'react';
import { usePictureFit } from '../../hooks/use-picture-fit.ts';
import { useStateOf } from '../../hooks/use-state-of.ts';
import { useWords } from '../../hooks/use-words.ts';
import type { PreviewClient } from '../../call/devices/device-preview.ts';
import type { Size } from '../../layout/rect.ts';
import { switchState } from '../../selectors/is-on.ts';
import { isMirrored } from '../../selectors/mirrored.ts';
import { cameraWords } from '../../words/device-words.ts';
import { CameraToggle } from '../devices/camera-toggle.tsx';
import { FlipCamera } from '../devices/flip-camera.tsx';
import { MicrophoneToggle } from '../devices/microphone-toggle.tsx';
import { Avatar } from '../tile/avatar.tsx';
import { TrackVideo } from '../tile/track-video.tsx';
import { MicrophoneLevel } from './microphone-level.tsx';
import type { WantedDevices } from './use-wanted-devices.ts';

type CameraPreviewProps = { preview: PreviewClient; name: string; wanted: WantedDevices };

/** The own picture before the call, with the switches of microphone and camera and the level of the microphone. */
export function CameraPreview({ preview, name, wanted }: CameraPreviewProps) {
  const words = useWords();
  const track = useStateOf(preview, (state) => state.cameraTrack);
  const camera = useStateOf(preview, (state) => state.camera);
  const microphone = useStateOf(preview, (state) => state.microphone);
  const devices = useStateOf(preview, (state) => state.devices);
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
          {cameraWords(words, camera, wanted.cameraOn)}
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
          <MicrophoneToggle
            state={wanted.microphoneOn ? switchState(microphone) : 'off'}
            onToggle={wanted.setMicrophone}
          />
          <CameraToggle state={wanted.cameraOn ? switchState(camera) : 'off'} onToggle={wanted.setCamera} />
        </div>
      </div>
      {track === null ? null : (
        <FlipCamera
          devices={devices}
          onChoose={(id) => void preview.selectCamera(id)}
          className="absolute top-3 end-3 size-11"
        />
      )}
      <MicrophoneLevel
        preview={preview}
        live={microphone.status === 'live'}
        className="absolute top-4 start-4"
      />
    </section>
  );
}
