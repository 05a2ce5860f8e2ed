'use client';

import type { PeerId } from '@parley/proto';
import { createContext, use, useEffect, useId, useMemo, type ReactNode, type RefObject } from 'react';
import { PictureRegistry } from '../arrangement/picture-registry.ts';
import { useCallClient } from './use-call.tsx';

const RegistryContext = createContext<PictureRegistry | null>(null);

/** Tells the call which pictures are on the page, and how large. */
export function PictureRegistryProvider({ children }: { children: ReactNode }) {
  const call = useCallClient();
  const registry = useMemo(() => new PictureRegistry((views) => call.setViews(views)), [call]);
  return <RegistryContext value={registry}>{children}</RegistryContext>;
}

type ReportedPicture = { peerId: PeerId; source: 'camera' | 'screen'; important: boolean; enabled: boolean };

/** Reports the element as the place of a picture for as long as it is mounted, with its size in device pixels. */
export function useReportedPicture(element: RefObject<HTMLElement | null>, picture: ReportedPicture): void {
  const registry = use(RegistryContext);
  const key = useId();
  const { peerId, source, important, enabled } = picture;
  useEffect(() => {
    const measured = element.current;
    if (registry === null || measured === null || !enabled) return undefined;
    const report = () => registry.set(key, { peerId, source, important, ...devicePixels(measured) });
    // At once: an observer speaks only with the next frame, which a hidden page does not have.
    report();
    const observer = new ResizeObserver(report);
    observer.observe(measured);
    return () => {
      observer.disconnect();
      registry.delete(key);
    };
  }, [registry, element, key, peerId, source, important, enabled]);
}

function devicePixels(element: HTMLElement): { width: number; height: number } {
  const ratio = element.ownerDocument.defaultView?.devicePixelRatio ?? 1;
  return { width: Math.round(element.clientWidth * ratio), height: Math.round(element.clientHeight * ratio) };
}
