'use client';

import { Tooltip } from 'radix-ui';
import type { ReactNode } from 'react';
import { Key } from './key.tsx';

type TipProps = { text: string; shortcut?: string | undefined; children: ReactNode };

/** A tooltip with the name of a control. Hidden from assistive technology, which reads the name on the control itself. */
export function Tip({ text, shortcut, children }: TipProps) {
  return (
    <Tooltip.Provider delayDuration={400} skipDelayDuration={200} disableHoverableContent>
      <Tooltip.Root>
        <Tooltip.Trigger asChild aria-describedby={undefined}>
          {children}
        </Tooltip.Trigger>
        <Tooltip.Portal>
          <Tooltip.Content
            sideOffset={8}
            collisionPadding={8}
            className="z-60 flex animate-fade items-center gap-2 rounded-lg border border-line bg-lifted px-2.5 py-1.5 text-xs text-ink shadow-float"
          >
            <span>{text}</span>
            {shortcut === undefined ? null : <Key>{shortcut}</Key>}
          </Tooltip.Content>
        </Tooltip.Portal>
      </Tooltip.Root>
    </Tooltip.Provider>
  );
}
