'use client';

import { Mic, Video, Volume2 } from 'lucide-react';
import { useStore } from '../../bridge/use-store.ts';
import type { MediaDeviceChoice, PreviewClient } from '../../call/types.ts';
import { Select } from '../ui/select.tsx';
import { SpeakerTest } from './speaker-test.tsx';

/** Which microphone, camera and speaker. */
export function DeviceSetup({ preview }: { preview: PreviewClient }) {
  const devices = useStore(preview, (state) => state.devices);
  return (
    <div className="mt-2 flex flex-col gap-2.5">
      <DeviceSelect
        label="Microphone"
        none="No microphone"
        icon={<Mic aria-hidden />}
        choices={devices.microphones}
        value={devices.microphoneId}
        onChange={(id) => void preview.selectMicrophone(id)}
      />
      <DeviceSelect
        label="Camera"
        none="No camera"
        icon={<Video aria-hidden />}
        choices={devices.cameras}
        value={devices.cameraId}
        onChange={(id) => void preview.selectCamera(id)}
      />
      <div className="flex gap-2">
        <DeviceSelect
          label="Speaker"
          none="Default speaker"
          icon={<Volume2 aria-hidden />}
          choices={devices.speakers}
          value={devices.speakerId}
          onChange={(id) => void preview.selectSpeaker(id)}
          className="flex-1"
        />
        <SpeakerTest preview={preview} />
      </div>
    </div>
  );
}

type DeviceSelectProps = {
  label: string;
  /** Shown while there is nothing to choose. */
  none: string;
  icon: React.ReactNode;
  choices: readonly MediaDeviceChoice[];
  value: string | null;
  onChange: (deviceId: string) => void;
  className?: string;
};

const NONE = 'none';

export function DeviceSelect({ label, none, icon, choices, value, onChange, className }: DeviceSelectProps) {
  // A device without an id cannot be chosen: so browsers list what they may not name yet.
  const options = choices
    .filter((choice) => choice.deviceId !== '')
    .map((choice) => ({ value: choice.deviceId, label: choice.label || label }));
  const empty = options.length === 0;
  const chosen = options.find((option) => option.value === value) ?? options[0];
  return (
    <Select
      label={label}
      icon={icon}
      disabled={empty}
      value={chosen?.value ?? NONE}
      options={empty ? [{ value: NONE, label: none }] : options}
      onChange={onChange}
      className={className}
    />
  );
}
