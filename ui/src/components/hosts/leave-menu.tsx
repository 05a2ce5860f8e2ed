'use client';

import { ChevronUp, PhoneOff } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useArrangement } from '../../hooks/use-arrangement.tsx';
import { useCall } from '../../hooks/use-call.tsx';
import { useWords } from '../../hooks/use-words.ts';
import { MenuContent, MenuItem } from '../basics/menu.tsx';

/** Beside the button to leave, for those who may end the call for all. The host controls have it too, where the bar has no room. */
export function LeaveMenu() {
  const { t } = useWords();
  const { dispatch } = useArrangement();
  const mayEnd = useCall((state) => state.permissions.includes('end-call'));
  if (!mayEnd) return null;
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        aria-label={t('hosts.leaveMenu')}
        className="group flex h-11 max-md:hidden w-7 items-center justify-center rounded-full text-ink-soft hover:text-ink"
      >
        <ChevronUp aria-hidden className="size-4 transition-transform group-data-[state=open]:rotate-180" />
      </DropdownMenu.Trigger>
      <MenuContent side="top" align="end">
        <MenuItem onSelect={() => dispatch({ type: 'question-asked', question: { act: 'endCall' } })}>
          <PhoneOff aria-hidden />
          <span>{t('hosts.panel.endCall')}</span>
        </MenuItem>
      </MenuContent>
    </DropdownMenu.Root>
  );
}
