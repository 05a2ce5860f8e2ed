'use client';

import type { PeerId } from '@parley/proto';
import { createContext, use, useEffect, useId, useMemo, type ReactNode, type RefObject } from 'react';
import { PictureRegistry } from '../arrangement/picture-registry.ts';
import { useCallClient } from './use-call.tsx';

const RegistryContext = createContext<PictureRegistry | null>(null);

/** Reports to the call which pictures are on the page, and how large. */
export function PictureRegistryProvider({ children }: { children: ReactNode }) {
  const call = useCallClient();
  const registry = useMemo(() => new PictureRegistry((pictures) => call.setPictures(pictures)), [call]);
  return <RegistryContext value={registry}>{children}</RegistryContext>;
}

type ReportedPicture = { peerId: PeerId; source: 'camera' | 'screen'; important: boolean; enabled: boolean };

/** Reports that the picture is shown in `element`, with its size in device pixels, for as long as the element is mounted. */
export function useReportedPicture(element: RefObject<HTMLElement | null>, picture: ReportedPicture): void {
  const registry = use(RegistryContext);
  const key = useId();
  const { peerId, source, important, enabled } = picture;
  useEffect(() => {
    const measured = element.current;
    if (registry === null || measured === null || !enabled) return undefined;
    const report = () => registry.set(key, { peerId, source, important, ...devicePixels(measured) });
    // Report now: an observer reports with the next frame, and a hidden page has no frames.
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
