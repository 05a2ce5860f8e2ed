'use client';

import { ChevronUp } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useArrangement } from '../../hooks/use-arrangement.tsx';
import { useWords } from '../../hooks/use-words.ts';
import type { DeviceChoice } from '../../call/devices/device-state.ts';
import { MenuChoice, MenuContent, MenuItem, MenuLabel, MenuSeparator } from '../basics/menu.tsx';

type DeviceList = {
  title: string;
  choices: readonly DeviceChoice[];
  chosen: string | null;
  choose: (deviceId: string) => Promise<void>;
};

/** The menu beside a switch: changes the device. */
export function DeviceMenu({ label, lists }: { label: string; lists: readonly DeviceList[] }) {
  const { t } = useWords();
  const { dispatch } = useArrangement();
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        aria-label={label}
        className="group flex h-11 w-7 items-center justify-center rounded-full text-ink-soft hover:text-ink"
      >
        <ChevronUp aria-hidden className="size-4 transition-transform group-data-[state=open]:rotate-180" />
      </DropdownMenu.Trigger>
      <MenuContent side="top" align="start">
        {lists.map((list) => (
          <DeviceChoices key={list.title} list={list} />
        ))}
        <MenuSeparator />
        <MenuItem onSelect={() => dispatch({ type: 'dialog-opened', dialog: 'settings' })}>
          {t('controls.deviceMenu.settings')}
        </MenuItem>
      </MenuContent>
    </DropdownMenu.Root>
  );
}

function DeviceChoices({ list }: { list: DeviceList }) {
  const { t } = useWords();
  const named = list.choices.filter((choice) => choice.deviceId !== '');
  return (
    <DropdownMenu.Group>
      <MenuLabel>{list.title}</MenuLabel>
      {named.length === 0 ? <MenuItem disabled>{t('controls.deviceMenu.none')}</MenuItem> : null}
      <DropdownMenu.RadioGroup
        value={list.chosen ?? named[0]?.deviceId ?? ''}
        onValueChange={(id) => void list.choose(id).catch(() => undefined)}
      >
        {named.map((choice) => (
          <MenuChoice key={choice.deviceId} value={choice.deviceId}>
            {choice.label || list.title}
          </MenuChoice>
        ))}
      </DropdownMenu.RadioGroup>
    </DropdownMenu.Group>
  );
}
