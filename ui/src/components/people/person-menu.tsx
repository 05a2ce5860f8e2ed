'use client';

import { Ellipsis, MessageSquareLock, Pin, PinOff } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useArrangement } from '../../hooks/use-arrangement.tsx';
import { useWords } from '../../hooks/use-words.ts';
import type { Participant } from '../../call/state/call-state.ts';
import { samePicture } from '../../layout/stage.ts';
import { nameInWords } from '../../words/name-words.ts';
import { IconButton } from '../basics/icon-button.tsx';
import { MenuContent, MenuItem } from '../basics/menu.tsx';

/** Actions for one person of the list. */
export function PersonMenu({ participant }: { participant: Participant }) {
  const words = useWords();
  const { t } = words;
  const { arrangement, dispatch } = useArrangement();
  const picture = { peerId: participant.peerId, source: 'camera' as const };
  const pinned = arrangement.pinned !== null && samePicture(arrangement.pinned, picture);
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <IconButton
          label={t('people.menu.label', { name: nameInWords(words, participant.shownName) })}
          tone="quiet"
          size="small"
        >
          <Ellipsis aria-hidden />
        </IconButton>
      </DropdownMenu.Trigger>
      <MenuContent align="end">
        <MenuItem onSelect={() => dispatch({ type: 'pin-toggled', picture })}>
          {pinned ? <PinOff aria-hidden /> : <Pin aria-hidden />}
          <span>{t(pinned ? 'people.menu.unpin' : 'people.menu.pin')}</span>
        </MenuItem>
        <MenuItem onSelect={() => dispatch({ type: 'private-chat-opened', peerId: participant.peerId })}>
          <MessageSquareLock aria-hidden />
          <span>{t('people.menu.writePrivately')}</span>
        </MenuItem>
      </MenuContent>
    </DropdownMenu.Root>
  );
}
