'use client';

import type { TraceId } from '@parley/proto/ids';
import { Check, CircleAlert, Info, X } from 'lucide-react';
import { useEffect, useEffectEvent, useState, type ReactNode } from 'react';
import { useWords } from '../../hooks/use-words.ts';
import { IconButton } from '../basics/icon-button.tsx';
import { TraceNote } from '../basics/trace-note.tsx';

const SHOWN_MS = 6000;
const ICONS = { good: Check, neutral: Info, trouble: CircleAlert } as const;
const COLOURS = { good: 'text-good', neutral: 'text-accent', trouble: 'text-danger-soft' } as const;

type ToastCardProps = {
  title: string;
  advice?: string | null;
  tone: keyof typeof ICONS;
  /** Stays until it is dismissed. */
  lasting?: boolean;
  traceId?: TraceId | null;
  onClose: () => void;
  children?: ReactNode;
};

/** One notice or toast. It goes after some seconds, but not while the pointer or the focus is on it. */
export function ToastCard({
  title,
  advice = null,
  tone,
  lasting = false,
  traceId = null,
  onClose,
  children = null,
}: ToastCardProps) {
  const { t } = useWords();
  const [held, setHeld] = useState(false);
  const close = useEffectEvent(onClose);
  useEffect(() => {
    if (lasting || held) return undefined;
    const timer = setTimeout(() => close(), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [lasting, held]);
  const Icon = ICONS[tone];
  return (
    <div
      data-testid="toast"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="glass flex w-fit max-w-lg shrink-0 animate-rise items-center gap-3 rounded-2xl py-2 pe-2 ps-4 text-sm shadow-float max-[32rem]:max-w-full"
    >
      <Icon aria-hidden className={`size-4.5 shrink-0 ${COLOURS[tone]}`} />
      <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1.5">
        <div className="min-w-0 flex-1 basis-40">
          <p className="font-medium">{title}</p>
          {advice === null ? null : <p className="text-ink-soft">{advice}</p>}
          <TraceNote traceId={traceId} />
        </div>
        {children}
      </div>
      <IconButton label={t('notices.dismiss')} tone="quiet" size="small" onClick={onClose}>
        <X aria-hidden />
      </IconButton>
    </div>
  );
}
