'use client';

import { EllipsisVertical } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useCallActions } from '../../hooks/use-call-actions.ts';
import { useWords } from '../../hooks/use-words.ts';
import { shortcutKey } from '../../browser/shortcuts.ts';
import { IconButton } from '../basics/icon-button.tsx';
import { Key } from '../basics/key.tsx';
import { MenuContent, MenuItem, MenuLabel } from '../basics/menu.tsx';
import { CallFacts } from './call-info.tsx';
import { useMoreItems } from './more-items.ts';

export function MoreMenu() {
  const { t } = useWords();
  const items = useMoreItems();
  const actions = useCallActions();
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <IconButton label={t('controls.more.button')}>
          <EllipsisVertical aria-hidden />
        </IconButton>
      </DropdownMenu.Trigger>
      <MenuContent side="top" align="center" className="min-w-64">
        <MenuLabel className="lg:hidden">
          <CallFacts />
        </MenuLabel>
        {items.map(({ id, label, icon: Icon }) => (
          <MenuItem key={id} onSelect={actions[id]}>
            <Icon aria-hidden />
            <span className="flex-1">{label}</span>
            <Key>{shortcutKey(id)}</Key>
          </MenuItem>
        ))}
      </MenuContent>
    </DropdownMenu.Root>
  );
}
