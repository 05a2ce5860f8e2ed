'use client';

import { Mic, Video, Volume2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useCall, useCallClient } from '../../hooks/use-call.tsx';
import { useArrangement } from '../../hooks/use-arrangement.tsx';
import { useWords } from '../../hooks/use-words.ts';
import { DeviceSelect } from '../devices/device-select.tsx';
import { usualPictureMode } from '../../browser/preferences.ts';
import { Switch } from '../basics/switch.tsx';
import { Dialog } from '../basics/dialog.tsx';
import { LanguageChoice } from '../page/language-choice.tsx';
import { AfterMuteSetting } from './after-mute-setting.tsx';
import { PageSwitch } from './page-switch.tsx';
import { ReceivedSetting } from './received-setting.tsx';
import { RenameForm } from './rename-form.tsx';
import { SelfViewSetting } from './self-view-setting.tsx';
import { ShortcutsSetting } from './shortcuts-setting.tsx';

export function SettingsDialog() {
  const { t } = useWords();
  const { arrangement, dispatch } = useArrangement();
  return (
    <Dialog
      open={arrangement.dialog === 'settings'}
      onOpenChange={(open) => !open && dispatch({ type: 'dialog-closed' })}
      title={t('settings.title')}
    >
      <Group title={t('settings.groups.you')}>
        <RenameForm />
        <LanguageChoice />
      </Group>
      <Group title={t('settings.groups.devices')}>
        <DeviceSettings />
      </Group>
      <Group title={t('settings.groups.pictures')}>
        <PictureSettings />
      </Group>
      <Group title={t('settings.groups.view')}>
        <SelfViewSetting />
        <ShortcutsSetting />
        <PageSwitch
          label={t('settings.sounds.label')}
          hint={t('settings.sounds.hint')}
          preference="soundsOn"
        />
        <PageSwitch label={t('settings.count')} preference="countOn" />
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
  const { t } = useWords();
  const call = useCallClient();
  const mode = useCall((state) => state.pictureMode);
  const voicesOnly = mode === 'none';
  return (
    <>
      <Switch
        label={t('settings.voicesOnly.label')}
        hint={t('settings.voicesOnly.hint')}
        checked={voicesOnly}
        onChange={(on) => call.economy.setPictureMode(on ? 'none' : usualPictureMode())}
      />
      <PageSwitch
        label={t('settings.savePower.label')}
        hint={t('settings.savePower.hint')}
        preference="savePower"
        onChange={() => {
          if (!voicesOnly) call.economy.setPictureMode(usualPictureMode());
        }}
      />
      <ReceivedSetting />
      <PageSwitch
        label={t('settings.easeLoad.label')}
        hint={t('settings.easeLoad.hint')}
        preference="easeLoad"
        onChange={(on) => call.economy.setEasing(on)}
      />
    </>
  );
}

function DeviceSettings() {
  const { t } = useWords();
  const call = useCallClient();
  const devices = useCall((state) => state.devices);
  // The call shows a failure as a notice.
  const ignoreFailure = (work: Promise<void>) => void work.catch(() => undefined);
  return (
    <div className="flex flex-col gap-2.5">
      <DeviceSelect
        label={t('devices.microphone')}
        none={t('devices.noMicrophone')}
        icon={<Mic aria-hidden />}
        choices={devices.microphones}
        value={devices.microphoneId}
        onChange={(id) => ignoreFailure(call.devices.selectMicrophone(id))}
      />
      <AfterMuteSetting />
      <DeviceSelect
        label={t('devices.camera')}
        none={t('devices.noCamera')}
        icon={<Video aria-hidden />}
        choices={devices.cameras}
        value={devices.cameraId}
        onChange={(id) => ignoreFailure(call.devices.selectCamera(id))}
      />
      <DeviceSelect
        label={t('devices.speaker')}
        none={t('devices.defaultSpeaker')}
        icon={<Volume2 aria-hidden />}
        choices={devices.speakers}
        value={devices.speakerId}
        onChange={(id) => ignoreFailure(call.devices.selectSpeaker(id))}
      />
    </div>
  );
}
