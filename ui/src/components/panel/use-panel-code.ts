'use client';

import { useEffect, useSyncExternalStore, type ComponentType } from 'react';
import type { Panel } from '../../arrangement/arrangement.ts';
import { panelCode } from './panel-code.ts';

/** The first pictures are there by then, and the network of a call may be worse later. */
const LOADED_AFTER_MS = 2_000;

/** The content of a panel; null until its code is there, or without a panel. The code of all panels is loaded soon after the call is shown. */
export function usePanelCode(panel: Panel | null): ComponentType | null {
  useEffect(() => {
    const timer = setTimeout(() => panelCode.loadAll(), LOADED_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    if (panel !== null) panelCode.load(panel);
  }, [panel]);
  const get = () => (panel === null ? null : panelCode.find(panel));
  return useSyncExternalStore(panelCode.subscribe, get, get);
}
