'use client';

import { useCall } from '../../hooks/use-call.tsx';
import { useCallActions } from '../../hooks/use-call-actions.ts';
import { ArrangementProvider } from '../../hooks/use-arrangement.tsx';
import { PictureInPictureProvider } from '../../hooks/use-picture-in-picture.tsx';
import { usePushToTalk } from '../../hooks/use-push-to-talk.ts';
import { useShortcuts } from '../../hooks/use-shortcuts.ts';
import { ToastsProvider } from '../../hooks/use-toasts.tsx';
import { useWakeLock } from '../../hooks/use-wake-lock.ts';
import { PictureRegistryProvider } from '../../hooks/use-picture-registry.tsx';
import { ControlBar } from '../controls/control-bar.tsx';
import { Announcer } from '../notices/announcer.tsx';
import { Toasts } from '../notices/toasts.tsx';
import { SidePanel } from '../panel/side-panel.tsx';
import { SettingsDialog } from '../settings/settings-dialog.tsx';
import { ShortcutsDialog } from '../settings/shortcuts-dialog.tsx';
import { Stage } from '../stage/stage.tsx';
import { FocusedHeading } from '../page/focused-heading.tsx';
import { Companion } from './companion.tsx';
import { ConnectionState } from './connection-state.tsx';
import { Joining } from './joining.tsx';

/** The call: pictures, controls, panels. */
export function CallPage() {
  return (
    <ArrangementProvider>
      <PictureRegistryProvider>
        <ToastsProvider>
          <PictureInPictureProvider content={<Companion />}>
            <CallFrame />
          </PictureInPictureProvider>
        </ToastsProvider>
      </PictureRegistryProvider>
    </ArrangementProvider>
  );
}

function CallFrame() {
  useWakeLock();
  usePushToTalk();
  useShortcuts(useCallActions());
  const joining = useCall((state) => state.phase === 'idle' || state.phase === 'joining');
  const code = useCall((state) => state.roomCode);
  return (
    <div className="fixed inset-0 flex flex-col overflow-hidden bg-ground">
      <div className="relative flex min-h-0 flex-1 gap-2 p-2 pb-0 sm:gap-3 sm:p-3 sm:pb-0">
        <main className="relative flex min-w-0 flex-1">
          <FocusedHeading className="sr-only">Call {code}</FocusedHeading>
          {joining ? <Joining /> : <Stage />}
          <ConnectionState />
          <Toasts />
        </main>
        <SidePanel />
      </div>
      <ControlBar />
      <SettingsDialog />
      <ShortcutsDialog />
      <Announcer />
    </div>
  );
}
