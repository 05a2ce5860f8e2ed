'use client';

import { Mic, Video, Volume2 } from 'lucide-react';
import { useStateOf } from '../../hooks/use-state-of.ts';
import type { PreviewClient } from '../../call/devices/device-preview.ts';
import { useWords } from '../../hooks/use-words.ts';
import { DeviceSelect } from '../devices/device-select.tsx';
import { SpeakerTest } from './speaker-test.tsx';

/** Chooses microphone, camera and speaker. */
export function DeviceSetup({ preview }: { preview: PreviewClient }) {
  const { t } = useWords();
  const devices = useStateOf(preview, (state) => state.devices);
  return (
    <div className="mt-2 flex flex-col gap-2.5">
      <DeviceSelect
        label={t('devices.microphone')}
        none={t('devices.noMicrophone')}
        icon={<Mic aria-hidden />}
        choices={devices.microphones}
        value={devices.microphoneId}
        onChange={(id) => void preview.selectMicrophone(id)}
      />
      <DeviceSelect
        label={t('devices.camera')}
        none={t('devices.noCamera')}
        icon={<Video aria-hidden />}
        choices={devices.cameras}
        value={devices.cameraId}
        onChange={(id) => void preview.selectCamera(id)}
      />
      <div className="flex gap-2">
        <DeviceSelect
          label={t('devices.speaker')}
          none={t('devices.defaultSpeaker')}
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
