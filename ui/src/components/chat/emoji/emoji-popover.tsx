'use client';

import dynamic from 'next/dynamic';
import { Popover } from 'radix-ui';
import type { ReactNode } from 'react';
import { useWords } from '../../../hooks/use-words.ts';
import { Spinner } from '../../basics/spinner.tsx';

const HEIGHT = 'h-80';

/** The code and the data of the grid are loaded when the popover is opened first. */
const EmojiGrid = dynamic(() => import('./emoji-grid.tsx').then((module) => module.EmojiGrid), {
  ssr: false,
  loading: () => (
    <div className={`grid place-items-center ${HEIGHT}`}>
      <Spinner />
    </div>
  ),
});

type EmojiPopoverProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onPick: (emoji: string) => void;
  /** The picker opens beside it. */
  children: ReactNode;
};

/** All emoji, to pick one of. It closes with the choice. */
export function EmojiPopover({ open, onOpenChange, onPick, children }: EmojiPopoverProps) {
  const { t } = useWords();
  const pick = (emoji: string) => {
    onOpenChange(false);
    onPick(emoji);
  };
  return (
    <Popover.Root open={open} onOpenChange={onOpenChange}>
      <Popover.Anchor asChild>
        <span className="inline-flex">{children}</span>
      </Popover.Anchor>
      <Popover.Portal>
        <Popover.Content
          side="top"
          align="end"
          sideOffset={8}
          collisionPadding={8}
          aria-label={t('chat.emoji.button')}
          className="z-50 w-[min(21rem,calc(100vw-1rem))] animate-rise rounded-2xl border border-line bg-raised p-2 shadow-float"
        >
          <EmojiGrid onPick={pick} className={HEIGHT} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
