'use client';

import { Ellipsis, MessageSquareLock, Pin, PinOff } from 'lucide-react';
import { useArrangement } from '../../hooks/use-arrangement.tsx';
import { useWords } from '../../hooks/use-words.ts';
import type { Participant } from '../../call/state/call-state.ts';
import { samePicture } from '../../layout/stage.ts';
import { nameInWords } from '../../words/name-words.ts';
import { IconButton } from '../basics/icon-button.tsx';
import { LazyMenu, MenuItem } from '../basics/menu.tsx';
import { PersonActs } from '../hosts/person-acts.tsx';

/** Actions for one person of the list. */
export function PersonMenu({ participant }: { participant: Participant }) {
  const words = useWords();
  return (
    <LazyMenu
      button={
        <IconButton
          label={words.t('people.menu.label', { name: nameInWords(words, participant.shownName) })}
          tone="quiet"
          size="small"
        >
          <Ellipsis aria-hidden />
        </IconButton>
      }
    >
      <Items participant={participant} />
    </LazyMenu>
  );
}

function Items({ participant }: { participant: Participant }) {
  const { t } = useWords();
  const { arrangement, dispatch } = useArrangement();
  const { peerId, shownName: name } = participant;
  const picture = { peerId, source: 'camera' as const };
  const pinned = arrangement.pinned !== null && samePicture(arrangement.pinned, picture);
  return (
    <>
      <MenuItem onSelect={() => dispatch({ type: 'pin-toggled', picture })}>
        {pinned ? <PinOff aria-hidden /> : <Pin aria-hidden />}
        <span>{t(pinned ? 'people.menu.unpin' : 'people.menu.pin')}</span>
      </MenuItem>
      <MenuItem onSelect={() => dispatch({ type: 'private-chat-opened', recipient: { peerId, name } })}>
        <MessageSquareLock aria-hidden />
        <span>{t('people.menu.writePrivately')}</span>
      </MenuItem>
      <PersonActs participant={participant} />
    </>
  );
}
