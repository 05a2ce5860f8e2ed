'use client';

import { useEffect } from 'react';
import { coveredByKeyboard } from '../../browser/keyboard.ts';

/** Keeps `--keyboard` true, so that sheets and controls stay above a keyboard that covers the page. */
export function useKeyboard(): void {
  useEffect(() => {
    const viewport = window.visualViewport;
    if (viewport === null) return undefined;
    const { style } = document.documentElement;
    let covered = 0;
    const measure = () => {
      const before = covered;
      covered = coveredByKeyboard(window.innerHeight, viewport);
      style.setProperty('--keyboard', `${covered}px`);
      // The field was where the keyboard is now.
      if (covered > before) document.activeElement?.scrollIntoView({ block: 'nearest' });
    };
    measure();
    viewport.addEventListener('resize', measure);
    viewport.addEventListener('scroll', measure);
    return () => {
      viewport.removeEventListener('resize', measure);
      viewport.removeEventListener('scroll', measure);
      style.removeProperty('--keyboard');
    };
  }, []);
}
