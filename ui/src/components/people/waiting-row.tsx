'use client';

import { Ban, DoorClosed, Ellipsis } from 'lucide-react';
import { useCallClient } from '../../hooks/use-call.tsx';
import { useWords } from '../../hooks/use-words.ts';
import type { CallState } from '../../call/index.ts';
import { nameInWords } from '../../words/name-words.ts';
import { Button } from '../basics/button.tsx';
import { IconButton } from '../basics/icon-button.tsx';
import { LazyMenu, MenuItem } from '../basics/menu.tsx';
import { Avatar } from '../tile/avatar.tsx';

export type WaitingOne = CallState['waiting'][number];

type WaitingRowProps = { person: WaitingOne; onBlock: (person: WaitingOne) => void };

/** Somebody before the door, and what the person who leads the call may decide. */
export function WaitingRow({ person, onBlock }: WaitingRowProps) {
  const words = useWords();
  const { t } = words;
  const { leading } = useCallClient();
  const { peerId, displayName, shownName, guest, connected } = person;
  const name = nameInWords(words, shownName);
  return (
    <li
      data-testid="waiting-person"
      data-peer-name={displayName}
      className="flex min-h-14 items-center gap-3 rounded-xl px-2 py-1 hover:bg-raised"
    >
      <Avatar name={displayName} className="text-sm" />
      <div className="min-w-0 flex-1 text-sm">
        <p className="truncate">
          <bdi>{shownName}</bdi>
        </p>
        {guest ? <p className="text-xs text-ink-soft">{t('door.knocks.guest')}</p> : null}
        {connected ? null : <p className="text-xs text-warn">{t('people.row.reconnecting')}</p>}
      </div>
      <Button
        size="small"
        tone="primary"
        aria-label={t('door.knocks.admitNamed', { name })}
        onClick={() => void leading.admit(peerId)}
      >
        {t('door.knocks.admit')}
      </Button>
      <LazyMenu
        button={
          <IconButton label={t('people.menu.label', { name })} tone="quiet" size="small">
            <Ellipsis aria-hidden />
          </IconButton>
        }
      >
        <MenuItem onSelect={() => void leading.deny(peerId)}>
          <DoorClosed aria-hidden />
          <span>{t('door.knocks.deny')}</span>
        </MenuItem>
        <MenuItem onSelect={() => onBlock(person)}>
          <Ban aria-hidden />
          <span>{t('door.knocks.block')}</span>
        </MenuItem>
      </LazyMenu>
    </li>
  );
}
