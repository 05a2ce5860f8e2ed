'use client';

import type { PeerId } from '@parley/proto';
import { createContext, use, useEffect, useId, useMemo, type ReactNode, type RefObject } from 'react';
import { ViewRegistry } from '../view/view-registry.ts';
import { useCallClient } from './use-call.tsx';

const RegistryContext = createContext<ViewRegistry | null>(null);

/** Tells the call which pictures are on the page, and how large. */
export function ViewRegistryProvider({ children }: { children: ReactNode }) {
  const call = useCallClient();
  const registry = useMemo(() => new ViewRegistry((views) => call.setViews(views)), [call]);
  return <RegistryContext value={registry}>{children}</RegistryContext>;
}

type ViewedPicture = { peerId: PeerId; source: 'camera' | 'screen'; important: boolean; enabled: boolean };

/** Reports the element as the place of a picture for as long as it is mounted, with its size in device pixels. */
export function useReportedView(element: RefObject<HTMLElement | null>, picture: ViewedPicture): void {
  const registry = use(RegistryContext);
  const key = useId();
  const { peerId, source, important, enabled } = picture;
  useEffect(() => {
    const measured = element.current;
    if (registry === null || measured === null || !enabled) return undefined;
    const observer = new ResizeObserver((entries) => {
      const entry = entries.at(-1);
      if (entry !== undefined) registry.set(key, { peerId, source, important, ...devicePixels(entry) });
    });
    observer.observe(measured);
    return () => {
      observer.disconnect();
      registry.delete(key);
    };
  }, [registry, element, key, peerId, source, important, enabled]);
}

function devicePixels(entry: ResizeObserverEntry): { width: number; height: number } {
  // Safari has no device-pixel box; the ratio is as good as it for choosing a layer.
  const ratio = window.devicePixelRatio;
  const { width, height } = entry.contentRect;
  return { width: Math.round(width * ratio), height: Math.round(height * ratio) };
}
