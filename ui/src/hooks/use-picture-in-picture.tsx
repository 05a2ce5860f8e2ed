'use client';

import { createContext, use, useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { largestVideo, openCompanionWindow } from '../browser/companion-window.ts';
import { useToasts } from './use-toasts.tsx';
import { useWords } from './use-words.ts';

type PictureInPicture = { active: boolean; toggle: () => Promise<void> };

const PictureContext = createContext<PictureInPicture | null>(null);

type ProviderProps = {
  /** The content of the small window. */
  content: ReactNode;
  children: ReactNode;
};

/** A small window above all others, with `content`. A browser without such windows shows the largest video of the page instead. */
export function PictureInPictureProvider({ content, children }: ProviderProps) {
  const [companion, setCompanion] = useState<Window | null>(null);
  const { t } = useWords();
  const { showToast } = useToasts();

  useEffect(() => {
    if (companion === null) return undefined;
    const onClosed = () => setCompanion(null);
    companion.addEventListener('pagehide', onClosed);
    return () => {
      companion.removeEventListener('pagehide', onClosed);
      companion.close();
    };
  }, [companion]);

  const toggle = useCallback(async () => {
    if (companion !== null) return companion.close();
    if (document.pictureInPictureElement) return document.exitPictureInPicture();
    try {
      const opened = await openCompanionWindow();
      if (opened !== null) return setCompanion(opened);
      const video = largestVideo();
      if (video === null) return showToast(t('call.toasts.noVideo'));
      await video.requestPictureInPicture();
    } catch {
      showToast(t('call.toasts.noPictureInPicture'));
    }
  }, [t, companion, showToast]);

  const value = useMemo(() => ({ active: companion !== null, toggle }), [companion, toggle]);
  return (
    <PictureContext value={value}>
      {children}
      {companion === null ? null : createPortal(content, companion.document.body)}
    </PictureContext>
  );
}

export function usePictureInPicture(): PictureInPicture {
  const value = use(PictureContext);
  if (value === null) throw new Error('There is no picture in picture here');
  return value;
}
