'use client';

import { useMemo } from 'react';
import type { Arrangement, ArrangementAction } from '../arrangement/arrangement.ts';
import { copyRoomLink } from '../browser/links/room-link.ts';
import { usualPictureMode } from '../browser/preferences.ts';
import type { ShortcutId } from '../browser/shortcuts.ts';
import type { Call } from '../call/call.ts';
import { denialOf, type Right } from '../selectors/rights.ts';
import { isOn } from '../selectors/is-on.ts';
import { useArrangement } from './use-arrangement.tsx';
import { useCallClient } from './use-call.tsx';
import { toggleFullscreen } from './page/use-fullscreen.ts';
import { usePictureInPicture } from './use-picture-in-picture.tsx';
import { useToasts } from './use-toasts.tsx';
import { useWords } from './use-words.ts';

export type CallActions = Record<ShortcutId, () => void>;

/** One function for each action, whether a button, a menu or a key starts it. None throws: a failure becomes a notice of the call. */
export function useCallActions(): CallActions {
  const { t } = useWords();
  const call = useCallClient();
  const { arrangement, dispatch } = useArrangement();
  const { showToast } = useToasts();
  const { toggle: togglePictureInPicture } = usePictureInPicture();
  return useMemo(
    () => ({
      ...deviceActions(call, (right) => {
        const denial = denialOf(call.getState(), right);
        if (denial !== null) showToast(t(`hosts.denied.${right}.${denial}`));
        return denial !== null;
      }),
      ...arrangementActions(arrangement, dispatch),
      fullscreen: () => void toggleFullscreen(),
      'picture-in-picture': () => void togglePictureInPicture(),
      'copy-link': () =>
        void copyRoomLink().then((copied) =>
          showToast(t(copied ? 'call.toasts.linkCopied' : 'call.toasts.linkNotCopied')),
        ),
    }),
    [t, call, arrangement, dispatch, showToast, togglePictureInPicture],
  );
}

type DeviceActionId = 'microphone' | 'camera' | 'share' | 'hand' | 'voices-only';

/** `isDenied` also says why in a toast. */
function deviceActions(call: Call, isDenied: (right: Right) => boolean): Pick<CallActions, DeviceActionId> {
  const self = () => call.getState().participants.find((participant) => participant.isSelf);
  // The call shows a failure as a notice, so that the rejection says nothing new.
  const ignoreFailure = (work: Promise<void>) => void work.catch(() => undefined);
  return {
    microphone: () => {
      const on = !isOn(call.getState().microphone);
      if (!on || !isDenied('microphone')) ignoreFailure(call.devices.setMicrophone(on));
    },
    camera: () => {
      const { camera, pictureMode } = call.getState();
      if (!isOn(camera) && isDenied('camera')) return;
      // A person who turns on the camera wants pictures again.
      if (pictureMode === 'none' && !isOn(camera)) call.economy.setPictureMode(usualPictureMode());
      ignoreFailure(call.devices.setCamera(!isOn(camera)));
    },
    'voices-only': () =>
      call.economy.setPictureMode(call.getState().pictureMode === 'none' ? usualPictureMode() : 'none'),
    share: () => {
      if (isOn(call.getState().screen)) call.devices.screen.stop();
      else if (!isDenied('screen')) ignoreFailure(call.devices.screen.start());
    },
    hand: () => call.setHand(self()?.handRaisedAt === null),
  };
}

type ArrangementActionId = Exclude<
  ShortcutId,
  DeviceActionId | 'fullscreen' | 'picture-in-picture' | 'copy-link'
>;

function arrangementActions(
  { layout, selfView, page }: Arrangement,
  dispatch: (action: ArrangementAction) => void,
): Pick<CallActions, ArrangementActionId> {
  return {
    chat: () => dispatch({ type: 'panel-toggled', panel: 'chat' }),
    people: () => dispatch({ type: 'panel-toggled', panel: 'people' }),
    statistics: () => dispatch({ type: 'panel-toggled', panel: 'statistics' }),
    layout: () => dispatch({ type: 'layout-chosen', layout: layout === 'grid' ? 'speaker' : 'grid' }),
    'self-view': () =>
      dispatch({ type: 'self-view-chosen', selfView: selfView === 'hidden' ? 'auto' : 'hidden' }),
    'previous-page': () => dispatch({ type: 'page-turned', page: page - 1 }),
    'next-page': () => dispatch({ type: 'page-turned', page: page + 1 }),
    settings: () => dispatch({ type: 'dialog-opened', dialog: 'settings' }),
    help: () => dispatch({ type: 'dialog-opened', dialog: 'shortcuts' }),
  };
}
