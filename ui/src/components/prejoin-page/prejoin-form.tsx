'use client';

import type { RoomInfo } from '@parley/proto/rest';
import type { LobbyPeople } from '@parley/proto/room';
import { useState, type FormEvent } from 'react';
import { pageSession } from '../../account/page-session.ts';
import { useSession } from '../../hooks/use-session.ts';
import { useWords } from '../../hooks/use-words.ts';
import type { CallError } from '../../call/base/call-failure.ts';
import { callPreferences } from '../../call/devices/call-preferences.ts';
import type { PreviewClient } from '../../call/devices/device-preview.ts';
import type { JoinChoice } from '../../call/devices/join-choice.ts';
import type { Lobby } from '../../call/lobby/lobby.ts';
import { useLobby } from '../../hooks/page/use-lobby.ts';
import { pagePreferences } from '../../browser/preferences.ts';
import { presenceWords } from '../../words/door-words.ts';
import { nameInWords, readName } from '../../words/name-words.ts';
import { Button } from '../basics/button.tsx';
import { CopyLink } from '../basics/copy-link.tsx';
import { LanguageChoice } from '../page/language-choice.tsx';
import { PageShell } from '../page/page-shell.tsx';
import { TextField } from '../basics/text-field.tsx';
import { CameraPreview } from './camera-preview.tsx';
import { DoorNote } from './door-note.tsx';
import { DeviceNotes } from './device-notes.tsx';
import { DeviceProblems } from './device-problems.tsx';
import { DeviceSetup } from './device-setup.tsx';
import { PasscodeField } from './passcode-field.tsx';
import { PreJoinFrame } from './prejoin-frame.tsx';
import { usePasscode } from './use-passcode.ts';
import { useWantedDevices, type WantedDevices } from './use-wanted-devices.ts';

type PreJoinFormProps = {
  room: RoomInfo;
  /** Why the last passcode did not do. */
  refusal: CallError | null;
  preview: PreviewClient;
  lobby: Lobby;
  onJoin: (choice: JoinChoice) => void;
};

export function PreJoinForm({ room, refusal, preview, lobby, onJoin }: PreJoinFormProps) {
  const words = useWords();
  const [name, setName] = useState(
    () => pageSession.getState().account?.displayName ?? callPreferences.load().displayName,
  );
  const [isTyped, setIsTyped] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const wanted = useWantedDevices(preview);
  const passcode = usePasscode(words, room, refusal);
  const { displayName, problem: nameProblem } = readName(words, name);
  const door = useLobby(lobby, preview, {
    displayName: nameProblem === null && !passcode.needed ? displayName : null,
    isTyped,
  });

  const join = (event: FormEvent) => {
    event.preventDefault();
    if (nameProblem !== null) {
      setProblem(nameProblem);
      return document.getElementsByName('display-name')[0]?.focus();
    }
    if (!passcode.check()) return undefined;
    pagePreferences.save({ microphoneOn: wanted.microphoneOn, cameraOn: wanted.cameraOn });
    onJoin({ displayName, ...passcode.choice(), ...takeDevices(preview, wanted) });
  };

  return (
    <PageShell>
      <PreJoinFrame
        preview={<CameraPreview preview={preview} name={name} wanted={wanted} />}
        form={
          <form onSubmit={join} noValidate className="flex flex-col gap-3">
            <PreJoinHeading people={door.people ?? { count: room.peerCount, names: [] }} />
            <NameField
              value={name}
              problem={problem}
              onChange={(value) => (setName(value), setIsTyped(true), setProblem(null))}
            />
            {passcode.needed ? (
              <PasscodeField value={passcode.value} problem={passcode.problem} onChange={passcode.type} />
            ) : null}
            <Button type="submit" tone="primary" size="large" className="w-full" {...door.intent}>
              {words.t('prejoin.join')}
            </Button>
            <DoorNote refusal={door.refusal} />
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

/** With the people in the call. That line is no live region, because it may change every few seconds. */
function PreJoinHeading({ people }: { people: LobbyPeople }) {
  const words = useWords();
  return (
    <div className="mb-2 flex items-center gap-3">
      <div className="min-w-0 flex-1">
        <h1 className="text-2xl font-semibold tracking-tight">{words.t('prejoin.ready')}</h1>
        <p className="text-sm wrap-anywhere text-ink-soft">{presenceWords(words, people)}</p>
      </div>
      <CopyLink />
    </div>
  );
}

type NameFieldProps = { value: string; problem: string | null; onChange: (value: string) => void };

function NameField({ value, problem, onChange }: NameFieldProps) {
  const words = useWords();
  const { t } = words;
  const { account } = useSession();
  return (
    <TextField
      label={t('prejoin.yourName')}
      hint={
        account === null
          ? t('prejoin.asGuest')
          : t('prejoin.withAccount', { email: nameInWords(words, account.email) })
      }
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
