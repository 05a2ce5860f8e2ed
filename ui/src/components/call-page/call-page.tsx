'use client';

import { useCall } from '../../hooks/use-call.tsx';
import { useCallActions } from '../../hooks/use-call-actions.ts';
import { ArrangementProvider } from '../../hooks/use-arrangement.tsx';
import { PictureInPictureProvider } from '../../hooks/use-picture-in-picture.tsx';
import { useKeyboard } from '../../hooks/page/use-keyboard.ts';
import { useNews } from '../../hooks/use-news.ts';
import { usePushToTalk } from '../../hooks/use-push-to-talk.ts';
import { useShortcuts } from '../../hooks/use-shortcuts.ts';
import { ToastsProvider } from '../../hooks/use-toasts.tsx';
import { useWakeLock } from '../../hooks/page/use-wake-lock.ts';
import { BackProvider } from '../../hooks/use-back.tsx';
import { CameraShapesProvider } from '../../hooks/use-camera-shapes.tsx';
import { PictureRegistryProvider } from '../../hooks/use-picture-registry.tsx';
import { useWords } from '../../hooks/use-words.ts';
import { ControlBar } from '../controls/control-bar.tsx';
import { PresenterBar } from '../controls/presenter-bar.tsx';
import { ActQuestion } from '../hosts/act-question.tsx';
import { HostControls } from '../hosts/host-controls.tsx';
import { Announcer } from '../notices/announcer.tsx';
import { KnockNotice } from '../notices/knock-notice.tsx';
import { Toasts } from '../notices/toasts.tsx';
import { SidePanel } from '../panel/side-panel.tsx';
import { SettingsDialog } from '../settings/settings-dialog.tsx';
import { ShortcutsDialog } from '../settings/shortcuts-dialog.tsx';
import { Stage } from '../stage/stage.tsx';
import { FocusedHeading } from '../page/focused-heading.tsx';
import { Companion } from './companion.tsx';
import { ConnectionState } from './connection-state.tsx';
import { LeaveQuestion } from './leave-question.tsx';
import { VoicesOnly } from './voices-only.tsx';
import { Joining } from './joining.tsx';

/** The call: pictures, controls, panels. */
export function CallPage() {
  return (
    <ArrangementProvider>
      <PictureRegistryProvider>
        <CameraShapesProvider>
          <ToastsProvider>
            <PictureInPictureProvider content={<Companion />}>
              <BackProvider>
                <CallFrame />
              </BackProvider>
            </PictureInPictureProvider>
          </ToastsProvider>
        </CameraShapesProvider>
      </PictureRegistryProvider>
    </ArrangementProvider>
  );
}

function CallFrame() {
  const { t } = useWords();
  useKeyboard();
  useNews();
  useWakeLock();
  usePushToTalk();
  useShortcuts(useCallActions());
  const joining = useCall((state) => ['idle', 'joining'].includes(state.phase));
  const code = useCall((state) => state.roomCode);
  return (
    <div className="fixed inset-0 bottom-(--keyboard) flex flex-col overflow-hidden bg-ground pt-(--safe-top) pr-(--safe-right) pl-(--safe-left)">
      <PresenterBar />
      <div className="relative flex min-h-0 flex-1 gap-2 p-2 pb-0 sm:gap-3 sm:p-3 sm:pb-0">
        <main className="relative flex min-w-0 flex-1 flex-col gap-2">
          <FocusedHeading className="sr-only">{t('call.heading', { code })}</FocusedHeading>
          <VoicesOnly />
          <KnockNotice />
          {joining ? <Joining /> : <Stage />}
          <ConnectionState />
          <Toasts />
        </main>
        <SidePanel />
      </div>
      <ControlBar />
      <SettingsDialog />
      <ShortcutsDialog />
      <HostControls />
      <ActQuestion />
      <LeaveQuestion />
      <Announcer />
    </div>
  );
}
