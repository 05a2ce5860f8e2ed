'use client';

import { createElement, useEffect, useSyncExternalStore, type ReactNode } from 'react';
import type { Panel } from '../../arrangement/arrangement.ts';
import { panelCode } from './panel-code.ts';

/** The first pictures are there by then, and the network of a call may be worse later. */
const LOADED_AFTER_MS = 2_000;

/** The content of a panel; null until its code is there, or without a panel. The code of all panels is loaded soon after the call is shown. */
export function usePanelContent(panel: Panel | null): ReactNode {
  useEffect(() => {
    const timer = setTimeout(() => panelCode.loadAll(), LOADED_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    if (panel !== null) panelCode.load(panel);
  }, [panel]);
  const get = () => (panel === null ? null : panelCode.find(panel));
  const content = useSyncExternalStore(panelCode.subscribe, get, get);
  return content === null ? null : createElement(content);
}
