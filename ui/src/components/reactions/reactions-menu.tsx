'use client';

import { reactionSchema } from '@parley/proto/room';
import { SmilePlus } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useCallClient } from '../../hooks/use-call.tsx';
import { useWords } from '../../hooks/use-words.ts';
import { IconButton } from '../basics/icon-button.tsx';
import { ReactionGlyph } from './reaction-glyph.tsx';

export function ReactionsMenu({ disabled }: { disabled: boolean }) {
  const { t } = useWords();
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <IconButton label={t('controls.reactions.title')} disabled={disabled}>
          <SmilePlus aria-hidden />
        </IconButton>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          side="top"
          sideOffset={12}
          collisionPadding={8}
          aria-label={t('controls.reactions.title')}
          className="glass z-50 animate-rise rounded-full p-1.5 shadow-float"
        >
          <ReactionButtons />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** A press does not close the menu: people often react several times. */
export function ReactionButtons() {
  const { t } = useWords();
  const call = useCallClient();
  return (
    <div className="flex justify-between gap-1">
      {reactionSchema.options.map((reaction) => (
        <IconButton
          key={reaction}
          label={t(`controls.reactions.${reaction}`)}
          tone="quiet"
          onClick={() => call.reactions.react(reaction)}
        >
          <ReactionGlyph reaction={reaction} className="size-7" />
        </IconButton>
      ))}
    </div>
  );
}
