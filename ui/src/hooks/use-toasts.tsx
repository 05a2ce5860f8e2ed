'use client';

import { createContext, use, useCallback, useMemo, useRef, useState, type ReactNode } from 'react';

/** A short message of the page itself, such as "Link copied". The call has notices of its own. */
export type Toast = { id: string; text: string };

type Toasts = { toasts: readonly Toast[]; showToast: (text: string) => void; dismiss: (id: string) => void };

const ToastsContext = createContext<Toasts | null>(null);

export function ToastsProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const count = useRef(0);
  const showToast = useCallback((text: string) => {
    count.current += 1;
    const id = `page-${count.current}`;
    setToasts((shown) => [...shown.filter((toast) => toast.text !== text), { id, text }].slice(-3));
  }, []);
  const dismiss = useCallback(
    (id: string) => setToasts((shown) => shown.filter((toast) => toast.id !== id)),
    [],
  );
  const value = useMemo(() => ({ toasts, showToast, dismiss }), [toasts, showToast, dismiss]);
  return <ToastsContext value={value}>{children}</ToastsContext>;
}

export function useToasts(): Toasts {
  const value = use(ToastsContext);
  if (value === null) throw new Error('There are no toasts here');
  return value;
}
