'use client';

import { useState, type FormEvent } from 'react';
import { useWords } from '../../hooks/use-words.ts';
import { callPreferences } from '../../call/devices/call-preferences.ts';
import type { PreviewClient } from '../../call/devices/device-preview.ts';
import type { JoinChoice } from '../../call/devices/join-choice.ts';
import { pagePreferences } from '../../browser/preferences.ts';
import { readName } from '../../words/name-words.ts';
import { Button } from '../basics/button.tsx';
import { CopyLink } from '../basics/copy-link.tsx';
import { LanguageChoice } from '../page/language-choice.tsx';
import { PageShell } from '../page/page-shell.tsx';
import { TextField } from '../basics/text-field.tsx';
import { CameraPreview } from './camera-preview.tsx';
import { DeviceNotes } from './device-notes.tsx';
import { DeviceProblems } from './device-problems.tsx';
import { DeviceSetup } from './device-setup.tsx';
import { PreJoinFrame } from './prejoin-frame.tsx';
import { useWantedDevices, type WantedDevices } from './use-wanted-devices.ts';

type PreJoinFormProps = {
  peerCount: number;
  preview: PreviewClient;
  onJoin: (choice: JoinChoice) => void;
};

export function PreJoinForm({ peerCount, preview, onJoin }: PreJoinFormProps) {
  const words = useWords();
  const [name, setName] = useState(() => callPreferences.load().displayName);
  const [problem, setProblem] = useState<string | null>(null);
  const wanted = useWantedDevices(preview);

  const join = (event: FormEvent) => {
    event.preventDefault();
    const { displayName, problem: refusal } = readName(words, name);
    if (refusal !== null) {
      setProblem(refusal);
      return document.getElementsByName('display-name')[0]?.focus();
    }
    pagePreferences.save({ microphoneOn: wanted.microphoneOn, cameraOn: wanted.cameraOn });
    onJoin({ displayName, ...takeDevices(preview, wanted) });
  };

  return (
    <PageShell>
      <PreJoinFrame
        preview={<CameraPreview preview={preview} name={name} wanted={wanted} />}
        form={
          <form onSubmit={join} noValidate className="flex flex-col gap-3">
            <PreJoinHeading peerCount={peerCount} />
            <NameField
              value={name}
              problem={problem}
              onChange={(value) => (setName(value), setProblem(null))}
            />
            <Button type="submit" tone="primary" size="large" className="w-full">
              {words.t('prejoin.join')}
            </Button>
            <DeviceProblems preview={preview} wanted={wanted} />
            <DeviceNotes preview={preview} />
            <DeviceSetup preview={preview} />
            <LanguageChoice />
          </form>
        }
      />
    </PageShell>
  );
}

/** The devices for the call, and the tracks of the preview. This closes the preview. */
function takeDevices(preview: PreviewClient, wanted: WantedDevices): Omit<JoinChoice, 'displayName'> {
  const { microphone, camera, devices } = preview.getState();
  return {
    microphoneOn: wanted.microphoneOn && microphone.status !== 'failed',
    cameraOn: wanted.cameraOn && camera.status !== 'failed',
    microphoneId: devices.microphoneId,
    cameraId: devices.cameraId,
    speakerId: devices.speakerId,
    tracks: preview.handOver(),
  };
}

function PreJoinHeading({ peerCount }: { peerCount: number }) {
  const { t } = useWords();
  return (
    <div className="mb-2 flex items-center gap-3">
      <div className="min-w-0 flex-1">
        <h1 className="text-2xl font-semibold tracking-tight">{t('prejoin.ready')}</h1>
        <p className="text-sm text-ink-soft">{t('prejoin.presence', { count: peerCount })}</p>
      </div>
      <CopyLink />
    </div>
  );
}

type NameFieldProps = { value: string; problem: string | null; onChange: (value: string) => void };

function NameField({ value, problem, onChange }: NameFieldProps) {
  const { t } = useWords();
  return (
    <TextField
      label={t('prejoin.yourName')}
      name="display-name"
      autoComplete="name"
      maxLength={64}
      placeholder={t('prejoin.nameExample')}
      value={value}
      problem={problem}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
