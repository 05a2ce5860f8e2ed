'use client';

import { useMemo } from 'react';
import type { CallClient } from '../call/index.ts';
import { isOn } from '../selectors/is-on.ts';
import { copyRoomLink } from '../browser/room-link.ts';
import type { CallView, CallViewAction } from '../arrangement/arrangement.ts';
import type { ShortcutId } from '../browser/shortcuts.ts';
import { useCallClient } from './use-call.tsx';
import { useCallView } from './use-arrangement.tsx';
import { toggleFullscreen } from './use-fullscreen.ts';
import { usePictureInPicture } from './use-picture-in-picture.tsx';
import { useToasts } from './use-toasts.tsx';

export type CallActions = Record<ShortcutId, () => void>;

/** Everything that a button, a menu and a key do alike. Problems come back as notices of the call. */
export function useCallActions(): CallActions {
  const call = useCallClient();
  const { view, dispatch } = useCallView();
  const { say } = useToasts();
  const { toggle: togglePictureInPicture } = usePictureInPicture();
  return useMemo(
    () => ({
      ...callActions(call),
      ...viewActions(view, dispatch),
      fullscreen: () => void toggleFullscreen(),
      'picture-in-picture': () => void togglePictureInPicture(),
      'copy-link': () =>
        void copyRoomLink().then((copied) =>
          say(copied ? 'Link copied' : 'The browser did not allow copying'),
        ),
    }),
    [call, view, dispatch, say, togglePictureInPicture],
  );
}

function callActions(call: CallClient): Pick<CallActions, 'microphone' | 'camera' | 'share' | 'hand'> {
  const self = () => call.getState().participants.find((participant) => participant.isSelf);
  // What fails is told by the call's notices; the promise only says when it is over.
  const quietly = (work: Promise<void>) => void work.catch(() => undefined);
  return {
    microphone: () => quietly(call.setMicrophone(!isOn(call.getState().microphone))),
    camera: () => quietly(call.setCamera(!isOn(call.getState().camera))),
    share: () => (isOn(call.getState().screen) ? call.stopScreenShare() : quietly(call.startScreenShare())),
    hand: () => call.setHand(self()?.handRaisedAt === null),
  };
}

type ViewActionId = Exclude<
  ShortcutId,
  'microphone' | 'camera' | 'share' | 'hand' | 'fullscreen' | 'picture-in-picture' | 'copy-link'
>;

function viewActions(
  view: CallView,
  dispatch: (action: CallViewAction) => void,
): Pick<CallActions, ViewActionId> {
  return {
    chat: () => dispatch({ type: 'panel-toggled', panel: 'chat' }),
    people: () => dispatch({ type: 'panel-toggled', panel: 'people' }),
    statistics: () => dispatch({ type: 'panel-toggled', panel: 'statistics' }),
    layout: () => dispatch({ type: 'layout-chosen', layout: view.layout === 'grid' ? 'speaker' : 'grid' }),
    'self-view': () =>
      dispatch({ type: 'self-view-chosen', selfView: view.selfView === 'hidden' ? 'auto' : 'hidden' }),
    'previous-page': () => dispatch({ type: 'page-turned', page: view.page - 1 }),
    'next-page': () => dispatch({ type: 'page-turned', page: view.page + 1 }),
    settings: () => dispatch({ type: 'dialog-opened', dialog: 'settings' }),
    help: () => dispatch({ type: 'dialog-opened', dialog: 'shortcuts' }),
  };
}
