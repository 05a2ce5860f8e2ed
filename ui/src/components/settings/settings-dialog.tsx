'use client';

import { Mic, Video, Volume2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useCall, useCallClient } from '../../hooks/use-call.tsx';
import { useArrangement } from '../../hooks/use-arrangement.tsx';
import { DeviceSelect } from '../devices/device-select.tsx';
import { usualPictureMode } from '../../browser/preferences.ts';
import { Switch } from '../basics/switch.tsx';
import { Dialog } from '../basics/dialog.tsx';
import { LanguageChoice } from '../page/language-choice.tsx';
import { AfterMuteSetting } from './after-mute-setting.tsx';
import { PageSwitch } from './page-switch.tsx';
import { RenameForm } from './rename-form.tsx';
import { SelfViewSetting } from './self-view-setting.tsx';
import { ShortcutsSetting } from './shortcuts-setting.tsx';

export function SettingsDialog() {
  const { arrangement, dispatch } = useArrangement();
  return (
    <Dialog
      open={arrangement.dialog === 'settings'}
      onOpenChange={(open) => !open && dispatch({ type: 'dialog-closed' })}
      title="Settings"
    >
      <Group title="You">
        <RenameForm />
        <LanguageChoice />
      </Group>
      <Group title="Devices">
        <DeviceSettings />
      </Group>
      <Group title="Pictures">
        <PictureSettings />
      </Group>
      <Group title="View">
        <SelfViewSetting />
        <ShortcutsSetting />
        <PageSwitch
          label="Sound for what you miss"
          hint="When somebody joins, writes or raises a hand while you look at another page"
          preference="soundsOn"
        />
      </Group>
    </Dialog>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mt-5 first:mt-0">
      <h3 className="mb-2 text-sm font-semibold text-ink-soft">{title}</h3>
      {children}
    </section>
  );
}

function PictureSettings() {
  const call = useCallClient();
  const mode = useCall((state) => state.pictureMode);
  const voicesOnly = mode === 'none';
  return (
    <>
      <Switch
        label="Voices only"
        hint="No pictures, and your camera is off: for a poor network"
        checked={voicesOnly}
        onChange={(on) => call.setPictureMode(on ? 'none' : usualPictureMode())}
      />
      <PageSwitch
        label="Save power and data"
        hint="Fewer and smaller pictures of the others"
        preference="savePower"
        onChange={() => {
          if (!voicesOnly) call.setPictureMode(usualPictureMode());
        }}
      />
    </>
  );
}

function DeviceSettings() {
  const call = useCallClient();
  const devices = useCall((state) => state.devices);
  // The call shows a failure as a notice.
  const ignoreFailure = (work: Promise<void>) => void work.catch(() => undefined);
  return (
    <div className="flex flex-col gap-2.5">
      <DeviceSelect
        label="Microphone"
        none="No microphone"
        icon={<Mic aria-hidden />}
        choices={devices.microphones}
        value={devices.microphoneId}
        onChange={(id) => ignoreFailure(call.devices.selectMicrophone(id))}
      />
      <AfterMuteSetting />
      <DeviceSelect
        label="Camera"
        none="No camera"
        icon={<Video aria-hidden />}
        choices={devices.cameras}
        value={devices.cameraId}
        onChange={(id) => ignoreFailure(call.devices.selectCamera(id))}
      />
      <DeviceSelect
        label="Speaker"
        none="Default speaker"
        icon={<Volume2 aria-hidden />}
        choices={devices.speakers}
        value={devices.speakerId}
        onChange={(id) => ignoreFailure(call.devices.selectSpeaker(id))}
      />
    </div>
  );
}
