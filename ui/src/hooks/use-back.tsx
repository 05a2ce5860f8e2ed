'use client';

import { createContext, use, useEffect, useEffectEvent, useState, type ReactNode } from 'react';
import { BackGuard } from '../browser/back-guard.ts';

const BackContext = createContext<BackGuard | null>(null);

type BackProviderProps = {
  /** Asks whether the person wants to leave. `stay` is for the answer no. */
  question: (stay: () => void) => ReactNode;
  children: ReactNode;
};

/** In a call, "back" closes what is open, and asks before it leaves. So does closing the tab. */
export function BackProvider({ question, children }: BackProviderProps) {
  const [asked, setAsked] = useState(false);
  const [guard] = useState(() => new BackGuard(window.history, () => setAsked(true)));
  useEffect(() => {
    const onBack = () => guard.handleBack();
    const onHide = () => guard.abandon();
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    guard.arm();
    window.addEventListener('popstate', onBack);
    window.addEventListener('pagehide', onHide);
    window.addEventListener('beforeunload', onUnload);
    return () => {
      window.removeEventListener('popstate', onBack);
      window.removeEventListener('pagehide', onHide);
      window.removeEventListener('beforeunload', onUnload);
      guard.disarm();
    };
  }, [guard]);
  const stay = () => {
    setAsked(false);
    guard.arm();
  };
  return (
    <BackContext value={guard}>
      {children}
      {asked ? question(stay) : null}
    </BackContext>
  );
}

/** While `open`, the next "back" calls `close`. Does nothing outside a call. */
export function useBackCloses(open: boolean, onClose: () => void): void {
  const guard = use(BackContext);
  const close = useEffectEvent(onClose);
  useEffect(() => (open ? guard?.opened(() => close()) : undefined), [guard, open]);
}

/** For the content of a menu, which is there only while the menu is open and closes with Escape. */
export function BackCloses() {
  useBackCloses(true, () =>
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })),
  );
  return null;
}
