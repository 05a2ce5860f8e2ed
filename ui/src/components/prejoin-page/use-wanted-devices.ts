'use client';

import { useEffect, useState } from 'react';
import type { PreviewClient } from '../../call/index.ts';
import { readPreferences } from '../../browser/preferences.ts';

/** What the person wants on when they join, and how to change it. */
export type WantedDevices = {
  microphoneOn: boolean;
  cameraOn: boolean;
  setMicrophone: (on: boolean) => void;
  setCamera: (on: boolean) => void;
};

/** Starts with what was chosen the last time, and asks for the devices at once. */
export function useWantedDevices(preview: PreviewClient): WantedDevices {
  const [microphoneOn, setMicrophoneOn] = useState(() => readPreferences().microphoneOn);
  const [cameraOn, setCameraOn] = useState(() => readPreferences().cameraOn);

  useEffect(() => {
    const wanted = readPreferences();
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
