'use client';

import { useStateOf } from '../../hooks/use-state-of.ts';
import { useWords } from '../../hooks/use-words.ts';
import type { CallError } from '../../call/base/call-failure.ts';
import type { PreviewClient } from '../../call/devices/device-preview.ts';
import type { DeviceState } from '../../call/devices/device-state.ts';
import { deviceErrorWords } from '../../words/device-words.ts';
import { Button } from '../basics/button.tsx';
import { ErrorNote } from '../basics/error-note.tsx';
import type { WantedDevices } from './use-wanted-devices.ts';

type DeviceProblemsProps = { preview: PreviewClient; wanted: WantedDevices };

/** A note for each device that failed: try again, or continue without it. If both failed for the same reason, there is one note. */
export function DeviceProblems({ preview, wanted }: DeviceProblemsProps) {
  const microphoneError = useStateOf(preview, (state) => failureOf(state.microphone));
  const cameraError = useStateOf(preview, (state) => failureOf(state.camera));
  const microphone = wanted.microphoneOn ? microphoneError : null;
  const camera = wanted.cameraOn ? cameraError : null;
  const setBoth = (on: boolean) => {
    wanted.setMicrophone(on);
    wanted.setCamera(on);
  };
  if (microphone !== null && microphone.code === camera?.code) {
    return <Problem device="both" error={microphone} setOn={setBoth} />;
  }
  return (
    <>
      {microphone === null ? null : (
        <Problem device="microphone" error={microphone} setOn={wanted.setMicrophone} />
      )}
      {camera === null ? null : <Problem device="camera" error={camera} setOn={wanted.setCamera} />}
    </>
  );
}

type ProblemProps = {
  device: 'microphone' | 'camera' | 'both';
  error: CallError;
  setOn: (on: boolean) => void;
};

function Problem({ device, error, setOn }: ProblemProps) {
  const words = useWords();
  const isFinal = error.code === 'insecure_origin' || error.code === 'unsupported_browser';
  return (
    <ErrorNote error={error} words={deviceErrorWords(words, device, error)}>
      {isFinal ? null : (
        <Button size="small" onClick={() => setOn(true)}>
          {words.t('basics.tryAgain')}
        </Button>
      )}
      <Button size="small" tone="quiet" onClick={() => setOn(false)}>
        {words.t('prejoin.continueWithout', { device })}
      </Button>
    </ErrorNote>
  );
}

function failureOf(device: DeviceState): CallError | null {
  return device.status === 'failed' ? device.error : null;
}
