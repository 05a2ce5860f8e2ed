'use client';

import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useRef, type ReactNode } from 'react';
import { IconButton } from '../basics/icon-button.tsx';

type PanelProps = { title: string; onClose: () => void; children: ReactNode };

/** A panel over the pictures, for narrow windows. It comes from below and is nearly as high as the window. */
export function PanelSheet({ title, onClose, children }: PanelProps) {
  const sheet = useRef<HTMLDivElement>(null);
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-fade bg-black/60" />
        <Dialog.Content
          ref={sheet}
          aria-describedby={undefined}
          // Do not focus the first field: on a phone that would open the keyboard.
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            sheet.current?.focus();
          }}
          className="fixed inset-x-0 bottom-0 z-40 flex h-[88dvh] animate-sheet flex-col overflow-hidden rounded-t-3xl border border-line bg-surface pb-[env(safe-area-inset-bottom)] focus:outline-none"
        >
          <header className="flex h-14 shrink-0 items-center pr-2 pl-4">
            <Dialog.Title className="flex-1 text-base font-semibold">{title}</Dialog.Title>
            <Dialog.Close asChild>
              <IconButton label="Close panel" tone="quiet">
                <X aria-hidden />
              </IconButton>
            </Dialog.Close>
          </header>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
