'use client';

import { useEffect, useState } from 'react';
import type { PreviewClient } from '../../call/index.ts';
import { tabRecord, type DevicesOn } from '../../call/tab/tab-record.ts';
import { pagePreferences } from '../../browser/preferences.ts';

/** Whether the person wants to join with microphone and camera, and how to change it. */
export type WantedDevices = {
  microphoneOn: boolean;
  cameraOn: boolean;
  setMicrophone: (on: boolean) => void;
  setCamera: (on: boolean) => void;
};

/** The devices that were on last in this tab; in a new tab, at the last join in this browser. */
function lastDevices(): DevicesOn {
  return tabRecord.load().devices ?? pagePreferences.load();
}

/** Begins with the choice of the last time, and opens the wanted devices at once. */
export function useWantedDevices(preview: PreviewClient): WantedDevices {
  const [microphoneOn, setMicrophoneOn] = useState(() => lastDevices().microphoneOn);
  const [cameraOn, setCameraOn] = useState(() => lastDevices().cameraOn);

  useEffect(() => {
    const wanted = lastDevices();
    if (wanted.microphoneOn) void preview.setMicrophone(true);
    if (wanted.cameraOn) void preview.setCamera(true);
  }, [preview]);

  return {
    microphoneOn,
    cameraOn,
    setMicrophone: (on) => {
      tabRecord.save({ devices: { microphoneOn: on, cameraOn } });
      setMicrophoneOn(on);
      void preview.setMicrophone(on);
    },
    setCamera: (on) => {
      tabRecord.save({ devices: { microphoneOn, cameraOn: on } });
      setCameraOn(on);
      void preview.setCamera(on);
    },
  };
}
