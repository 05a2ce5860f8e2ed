'use client';

import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useRef, type ReactNode } from 'react';
import { useBackCloses } from '../../hooks/use-back.tsx';
import { useWords } from '../../hooks/use-words.ts';
import { IconButton } from '../basics/icon-button.tsx';
import { PanelBody } from './panel-body.tsx';

type PanelProps = { title: string; onClose: () => void; children: ReactNode };

/** A panel over the pictures, for narrow windows. It comes from below and is nearly as high as the window. */
export function PanelSheet({ title, onClose, children }: PanelProps) {
  const { t } = useWords();
  const sheet = useRef<HTMLDivElement>(null);
  useBackCloses(true, onClose);
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
          className="fixed inset-x-0 bottom-(--keyboard) z-40 flex h-[min(88dvh,var(--visible-height))] animate-sheet flex-col overflow-hidden rounded-t-3xl border border-line bg-surface pr-(--safe-right) pb-(--safe-bottom) pl-(--safe-left) focus:outline-none [@media(max-height:30rem)]:h-(--visible-height)"
        >
          <header className="flex h-14 shrink-0 items-center pe-2 ps-4 [@media(max-height:30rem)]:h-11">
            <Dialog.Title className="flex-1 text-base font-semibold">{title}</Dialog.Title>
            <Dialog.Close asChild>
              <IconButton label={t('call.panel.close')} tone="quiet">
                <X aria-hidden />
              </IconButton>
            </Dialog.Close>
          </header>
          <PanelBody>{children}</PanelBody>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
