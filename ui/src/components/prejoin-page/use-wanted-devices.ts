'use client';

import { useEffect, useState } from 'react';
import type { PreviewClient } from '../../call/index.ts';
import { pagePreferences } from '../../browser/preferences.ts';

/** Whether the person wants to join with microphone and camera, and how to change it. */
export type WantedDevices = {
  microphoneOn: boolean;
  cameraOn: boolean;
  setMicrophone: (on: boolean) => void;
  setCamera: (on: boolean) => void;
};

/** Begins with the choice of the last time, and opens the wanted devices at once. */
export function useWantedDevices(preview: PreviewClient): WantedDevices {
  const [microphoneOn, setMicrophoneOn] = useState(() => pagePreferences.load().microphoneOn);
  const [cameraOn, setCameraOn] = useState(() => pagePreferences.load().cameraOn);

  useEffect(() => {
    const wanted = pagePreferences.load();
    if (wanted.microphoneOn) void preview.setMicrophone(true);
    if (wanted.cameraOn) void preview.setCamera(true);
  }, [preview]);

  return {
    microphoneOn,
    cameraOn,
    setMicrophone: (on) => {
      setMicrophoneOn(on);
      void preview.setMicrophone(on);
    },
    setCamera: (on) => {
      setCameraOn(on);
      void preview.setCamera(on);
    },
  };
}
