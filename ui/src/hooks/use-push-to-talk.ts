'use client';

import { useEffect } from 'react';
import { pagePreferences } from '../browser/preferences.ts';
import { denialOf } from '../selectors/rights.ts';
import { useCallClient } from './use-call.tsx';

/** While muted, the space bar opens the microphone for as long as it is held. */
export function usePushToTalk(): void {
  const call = useCallClient();
  useEffect(() => {
    let talking = false;
    const set = (on: boolean) => {
      talking = on;
      // The call shows a failure as a notice.
      call.devices.setMicrophone(on).catch(() => undefined);
    };
    const onKeyDown = (event: KeyboardEvent) => {
      // While the command key is held, macOS reports no key that goes up.
      if (talking && event.metaKey) return set(false);
      if (event.key !== ' ' || event.repeat || !isFree(event) || !pagePreferences.load().shortcutsOn) return;
      event.preventDefault();
      const state = call.getState();
      if (state.microphone.status === 'released' && denialOf(state, 'microphone') === null) set(true);
    };
    const onKeyUp = (event: KeyboardEvent) => {
      if (event.key === ' ' && talking) set(false);
    };
    // A window without the focus gets no keyup event: mute at once.
    const onBlur = () => talking && set(false);
    document.addEventListener('keydown', onKeyDown);
    document.addEventListener('keyup', onKeyUp);
    window.addEventListener('blur', onBlur);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
      document.removeEventListener('keyup', onKeyUp);
      window.removeEventListener('blur', onBlur);
      onBlur();
    };
  }, [call]);
}

const PRESSED_OR_TYPED_INTO =
  'a, button, input, select, textarea, summary, [contenteditable], [role="menu"], [role="listbox"], [role="dialog"]';

/** Whether the space bar has no other use here: no button to press, no field to type into, no list to open. */
function isFree(event: KeyboardEvent): boolean {
  const { target } = event;
  const modified = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
  return !modified && target instanceof HTMLElement && target.closest(PRESSED_OR_TYPED_INTO) === null;
}
