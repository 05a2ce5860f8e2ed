'use client';

import { useCall } from '../../hooks/use-call.tsx';
import { useIsCompact } from '../../hooks/page/use-media-query.ts';
import { useWords } from '../../hooks/use-words.ts';
import { LeaveMenu } from '../hosts/leave-menu.tsx';
import { CallInfo } from './call-info.tsx';
import { CameraControl } from './camera-control.tsx';
import { ChatButton } from './chat-button.tsx';
import { HandButton } from './hand-button.tsx';
import { LeaveButton } from './leave-button.tsx';
import { MicrophoneControl } from './microphone-control.tsx';
import { MoreMenu } from './more-menu.tsx';
import { MoreSheet } from './more-sheet.tsx';
import { PeopleButton } from './people-button.tsx';
import { ReactionsMenu } from '../reactions/reactions-menu.tsx';
import { ShareButton } from './share-button.tsx';

/**
 * The controls of the call: all of them in a wide window, the most used ones in a narrow one. Microphone and camera work as soon as Join
 * was pressed; the others are disabled until the join has succeeded.
 */
export function ControlBar() {
  const { t } = useWords();
  const compact = useIsCompact();
  const disabled = useCall((state) => ['idle', 'joining'].includes(state.phase));
  return (
    <footer
      aria-label={t('controls.bar')}
      className="flex shrink-0 items-center px-1 pt-2.5 pb-[max(0.625rem,var(--safe-bottom))] min-[24rem]:px-2 sm:px-4 sm:pt-3 sm:pb-[max(0.75rem,var(--safe-bottom))]"
    >
      {compact ? <CompactBar disabled={disabled} /> : <WideBar disabled={disabled} />}
    </footer>
  );
}

type BarProps = { disabled: boolean };

function WideBar({ disabled }: BarProps) {
  return (
    <>
      <div className="flex min-w-0 flex-1">
        <CallInfo />
      </div>
      <div className="mx-4 flex items-center gap-2">
        <MicrophoneControl />
        <CameraControl />
        <ShareButton disabled={disabled} />
        <ReactionsMenu disabled={disabled} />
        <HandButton disabled={disabled} />
        <MoreMenu />
        <LeaveButton />
        <LeaveMenu />
      </div>
      <div className="flex flex-1 justify-end gap-2">
        <ChatButton />
        <PeopleButton />
      </div>
    </>
  );
}

function CompactBar({ disabled }: BarProps) {
  return (
    <div className="mx-auto flex w-full max-w-md items-center justify-between max-[24rem]:[&_button]:size-10">
      <MicrophoneControl plain />
      <CameraControl plain />
      <HandButton disabled={disabled} />
      <ChatButton />
      <PeopleButton />
      <MoreSheet disabled={disabled} />
      <LeaveButton />
    </div>
  );
}
