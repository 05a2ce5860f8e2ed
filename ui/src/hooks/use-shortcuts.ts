'use client';

import { useEffect, useRef } from 'react';
import { pagePreferences } from '../browser/preferences.ts';
import { isComposing } from '../browser/composing.ts';
import { shortcutFor } from '../browser/shortcuts.ts';
import type { CallActions } from './use-call-actions.ts';

/** Runs the action of a pressed key, unless the person types, a menu or dialog is open, or shortcuts are switched off. */
export function useShortcuts(actions: CallActions): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (
        event.defaultPrevented ||
        isComposing(event) ||
        isBusy(event.target) ||
        !pagePreferences.load().shortcutsOn
      )
        return;
      const id = shortcutFor(event);
      if (id === null) return;
      event.preventDefault();
      latest.current[id]();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

function isBusy(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.closest(
      'input, textarea, select, [role="menu"], [role="listbox"], [role="combobox"], [role="dialog"]',
    ) !== null
  );
}
