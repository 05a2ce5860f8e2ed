'use client';

import type { PeerId } from '@parley/proto/ids';
import { createContext, use, useEffect, useId, useMemo, type ReactNode, type RefObject } from 'react';
import { shownArea, type PictureFit } from '../layout/picture-fit.ts';
import type { Size } from '../layout/rect.ts';
import { PictureRegistry } from '../arrangement/picture-registry.ts';
import { useCallClient } from './use-call.tsx';

const RegistryContext = createContext<PictureRegistry | null>(null);

/** Reports to the call which pictures are on the page, and how large. */
export function PictureRegistryProvider({ children }: { children: ReactNode }) {
  const call = useCallClient();
  const registry = useMemo(() => new PictureRegistry((pictures) => call.setPictures(pictures)), [call]);
  return <RegistryContext value={registry}>{children}</RegistryContext>;
}

type ReportedPicture = {
  peerId: PeerId;
  source: 'camera' | 'screen';
  important: boolean;
  enabled: boolean;
  /** The size of the picture; null while it is not known. */
  shape?: Size | null;
  fit?: PictureFit;
};

/** Reports that the picture is shown in `element`, with its size in device pixels, for as long as the element is mounted. */
export function useReportedPicture(element: RefObject<HTMLElement | null>, picture: ReportedPicture): void {
  const registry = use(RegistryContext);
  const key = useId();
  const { peerId, source, important, enabled, fit = 'cover' } = picture;
  const aspect = picture.shape ? picture.shape.width / picture.shape.height : null;
  useEffect(() => {
    const measured = element.current;
    if (registry === null || measured === null || !enabled) return undefined;
    const report = () =>
      registry.set(key, {
        peerId,
        source,
        important,
        apart: isApart(measured),
        ...devicePixels(measured, aspect, fit),
      });
    // Report now: an observer reports with the next frame, and a hidden page has no frames.
    report();
    const observer = new ResizeObserver(report);
    observer.observe(measured);
    for (const event of APART_EVENTS) measured.addEventListener(event, report);
    return () => {
      observer.disconnect();
      for (const event of APART_EVENTS) measured.removeEventListener(event, report);
      registry.delete(key);
    };
  }, [registry, element, key, peerId, source, important, enabled, aspect, fit]);
}

const APART_EVENTS = ['enterpictureinpicture', 'leavepictureinpicture'] as const;

/** Whether the picture is shown in a window of its own: the small window of the call, or one that the browser made of its video. */
function isApart(element: HTMLElement): boolean {
  const { ownerDocument } = element;
  return ownerDocument !== document || element.contains(ownerDocument.pictureInPictureElement);
}

/** The pixels of the screen that the picture takes. A whole picture may take less than its tile. */
function devicePixels(element: HTMLElement, aspect: number | null, fit: PictureFit): Size {
  const ratio = element.ownerDocument.defaultView?.devicePixelRatio ?? 1;
  const shape = aspect === null ? null : { width: aspect, height: 1 };
  const { width, height } = shownArea(
    shape,
    { width: element.clientWidth, height: element.clientHeight },
    fit,
  );
  return { width: Math.round(width * ratio), height: Math.round(height * ratio) };
}
