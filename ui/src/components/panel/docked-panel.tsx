'use client';

import { isComposing } from '../../browser/composing.ts';
import { X } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, type ReactNode } from 'react';
import { useWords } from '../../hooks/use-words.ts';
import { IconButton } from '../basics/icon-button.tsx';
import { PanelBody } from './panel-body.tsx';

type PanelProps = { title: string; onClose: () => void; children: ReactNode };

/** A panel beside the pictures. */
export function DockedPanel({ title, onClose, children }: PanelProps) {
  const { t } = useWords();
  const root = useRef<HTMLElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    // The focus goes into the panel, and back to where it was when the panel closes.
    const first = root.current?.querySelector<HTMLElement>('[data-autofocus]') ?? root.current;
    first?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  const close = useEffectEvent(onClose);
  useEffect(() => {
    const panel = root.current;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !isComposing(event)) close();
    };
    panel?.addEventListener('keydown', onKeyDown);
    return () => panel?.removeEventListener('keydown', onKeyDown);
  }, []);
  return (
    <aside
      ref={root}
      aria-label={title}
      tabIndex={-1}
      className="flex w-88 max-w-[45%] shrink-0 animate-fade flex-col overflow-hidden rounded-xl border border-line bg-surface outline-none"
    >
      <header className="flex h-14 shrink-0 items-center pe-2 ps-4 [@media(max-height:30rem)]:h-11">
        <h2 className="flex-1 text-base font-semibold">{title}</h2>
        <IconButton label={t('call.panel.close')} tone="quiet" size="small" onClick={onClose}>
          <X aria-hidden />
        </IconButton>
      </header>
      <PanelBody>{children}</PanelBody>
    </aside>
  );
}
