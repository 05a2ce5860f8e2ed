'use client';

import { useEffect } from 'react';
import { coveredByKeyboard } from '../browser/keyboard.ts';

/** Keeps `--keyboard` true, so that sheets and controls stay above a keyboard that covers the page. */
export function useKeyboard(): void {
  useEffect(() => {
    const viewport = window.visualViewport;
    if (viewport === null) return undefined;
    const { style } = document.documentElement;
    const measure = () =>
      style.setProperty('--keyboard', `${coveredByKeyboard(window.innerHeight, viewport)}px`);
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
