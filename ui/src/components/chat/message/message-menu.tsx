'use client';

import { Copy, Ellipsis, Pencil, Reply, SmilePlus, Trash2 } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState, type ReactElement } from 'react';
import type { ChatEntry } from '../../../call/index.ts';
import { useCall, useCallClient } from '../../../hooks/use-call.tsx';
import { useWords } from '../../../hooks/use-words.ts';
import { IconButton } from '../../basics/icon-button.tsx';
import { MenuButton, MenuContent, MenuItem } from '../../basics/menu.tsx';
import { EmojiPopover } from '../emoji/emoji-popover.tsx';

type MessageMenuProps = { entry: ChatEntry; onEdit: () => void };

/** What a person may do with a message that the server has. A list has many of these, so most of it is made when it is opened first. */
export function MessageMenu(props: MessageMenuProps) {
  const { t } = useWords();
  const [isUsed, setUsed] = useState(false);
  const button = (
    <IconButton label={t('chat.actions.label')} tone="quiet" size="small" className="-my-2 shrink-0">
      <Ellipsis aria-hidden />
    </IconButton>
  );
  if (!isUsed) return <MenuButton button={button} onUse={() => setUsed(true)} />;
  return <OpenedMenu {...props} button={button} />;
}

function OpenedMenu({ entry, onEdit, button }: MessageMenuProps & { button: ReactElement }) {
  const { t } = useWords();
  const call = useCallClient();
  const moderates = useCall((state) => state.permissions.includes('moderate'));
  const [picking, setPicking] = useState(false);
  const hasText = entry.text !== '';
  return (
    <EmojiPopover
      open={picking}
      onOpenChange={setPicking}
      onPick={(emoji) => void call.chat.changes.react(entry.messageId, emoji, true)}
    >
      <DropdownMenu.Root modal={false} defaultOpen>
        <DropdownMenu.Trigger asChild>{button}</DropdownMenu.Trigger>
        <MenuContent align="end">
          <MenuItem onSelect={() => call.chat.setReplyTo(entry)}>
            <Reply aria-hidden className="rtl:-scale-x-100" />
            <span>{t('chat.actions.reply')}</span>
          </MenuItem>
          <MenuItem onSelect={() => setPicking(true)}>
            <SmilePlus aria-hidden />
            <span>{t('chat.reactions.add')}</span>
          </MenuItem>
          {hasText ? (
            <MenuItem onSelect={() => void navigator.clipboard.writeText(entry.text).catch(() => undefined)}>
              <Copy aria-hidden />
              <span>{t('chat.actions.copy')}</span>
            </MenuItem>
          ) : null}
          {entry.own && hasText ? (
            <MenuItem onSelect={onEdit}>
              <Pencil aria-hidden />
              <span>{t('chat.actions.edit')}</span>
            </MenuItem>
          ) : null}
          {entry.own || moderates ? (
            <MenuItem onSelect={() => void call.chat.changes.remove(entry.messageId)}>
              <Trash2 aria-hidden />
              <span>{t('chat.actions.delete')}</span>
            </MenuItem>
          ) : null}
        </MenuContent>
      </DropdownMenu.Root>
    </EmojiPopover>
  );
}
