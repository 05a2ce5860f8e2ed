'use client';

import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { useRef, type ReactNode } from 'react';
import { useBackCloses } from '../../hooks/use-back.tsx';
import { useWords } from '../../hooks/use-words.ts';
import { cn } from './cn.ts';
import { IconButton } from './icon-button.tsx';

type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** One sentence under the title. */
  description?: ReactNode;
  children: ReactNode;
  className?: string;
  /** Whether "back" closes the dialog. Default: yes. */
  closedByBack?: boolean;
};

const PANEL =
  'fixed z-50 flex max-h-[min(85dvh,var(--visible-height))] flex-col overflow-hidden border border-line bg-surface shadow-float focus:outline-none ' +
  'max-sm:inset-x-0 max-sm:bottom-(--keyboard) max-sm:rounded-t-3xl max-sm:pr-(--safe-right) max-sm:pb-(--safe-bottom) max-sm:pl-(--safe-left) motion-safe:max-sm:animate-sheet ' +
  'sm:top-1/2 sm:left-1/2 sm:w-[min(36rem,calc(100vw-2rem))] sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-2xl motion-safe:sm:animate-fade';

/** A dialog in the middle of the window; on a phone a sheet from below. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  children,
  className,
  closedByBack = true,
}: DialogProps) {
  const { t } = useWords();
  const panel = useRef<HTMLDivElement>(null);
  useBackCloses(open && closedByBack, () => onOpenChange(false));
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-50 animate-fade bg-black/60" />
        <Radix.Content
          ref={panel}
          // Focus the dialog, not its first button: a focused button shows its tooltip at once.
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            panel.current?.focus();
          }}
          className={cn(PANEL, className)}
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
        >
          <header className="flex items-start gap-4 px-5 pt-5 pb-3">
            <div className="min-w-0 flex-1">
              <Radix.Title className="text-lg font-semibold">{title}</Radix.Title>
              {description === undefined ? null : (
                <Radix.Description className="mt-1 text-sm text-ink-soft">{description}</Radix.Description>
              )}
            </div>
            <Radix.Close asChild>
              <IconButton label={t('basics.close')} tone="quiet" size="small" className="-mt-1 -me-2">
                <X />
              </IconButton>
            </Radix.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-5">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
