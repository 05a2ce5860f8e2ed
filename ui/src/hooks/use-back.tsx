'use client';

import { createContext, use, useEffect, useEffectEvent, useMemo, useState, type ReactNode } from 'react';
import { BackGuard } from '../browser/back-guard.ts';

/** The question whether the person wants to leave. `stay` is the answer no. */
type LeaveQuestion = { asked: boolean; stay: () => void };

const BackContext = createContext<BackGuard | null>(null);
const QuestionContext = createContext<LeaveQuestion>({ asked: false, stay: () => {} });

/** In a call, "back" closes what is open, and asks before it leaves. So does closing the tab. */
export function BackProvider({ children }: { children: ReactNode }) {
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
  const question = useMemo(() => {
    const stay = () => {
      setAsked(false);
      guard.arm();
    };
    return { asked, stay };
  }, [asked, guard]);
  return (
    <BackContext value={guard}>
      <QuestionContext value={question}>{children}</QuestionContext>
    </BackContext>
  );
}

export function useLeaveQuestion(): LeaveQuestion {
  return use(QuestionContext);
}

/** While `open`, the next "back" calls `close`. Does nothing outside a call. */
export function useBackCloses(open: boolean, onClose: () => void): void {
  const guard = use(BackContext);
  const close = useEffectEvent(onClose);
  useEffect(() => (open ? guard?.opened(() => close()) : undefined), [guard, open]);
}

/** Lets "back" close a menu: part of the content of the menu, which is there only while the menu is open and closes with Escape. */
export function BackCloses() {
  useBackCloses(true, () =>
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })),
  );
  return null;
}
