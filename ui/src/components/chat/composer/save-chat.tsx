'use client';

import { Download } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { saveAs } from '../../../browser/save-as.ts';
import { chatAsJson, chatAsText } from '../../../format/chat-export.ts';
import { useCall, useCallClient } from '../../../hooks/use-call.tsx';
import { useWords } from '../../../hooks/use-words.ts';
import { IconButton } from '../../basics/icon-button.tsx';
import { MenuContent, MenuItem } from '../../basics/menu.tsx';

/** Saves all messages of the call that this person may read. */
export function SaveChat() {
  const words = useWords();
  const { t } = words;
  const call = useCallClient();
  const isEmpty = useCall((state) => state.chat.length === 0);
  const save = async (ending: 'txt' | 'json') => {
    const messages = await call.chat.readAll();
    const text = ending === 'txt' ? chatAsText(words, messages) : chatAsJson(messages);
    const type = ending === 'txt' ? 'text/plain' : 'application/json';
    saveAs(`chat-${new Date().toISOString().slice(0, 10)}.${ending}`, new Blob([text], { type }));
  };
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <IconButton label={t('chat.export.button')} tone="quiet" size="small" disabled={isEmpty}>
          <Download aria-hidden />
        </IconButton>
      </DropdownMenu.Trigger>
      <MenuContent align="end">
        <MenuItem onSelect={() => void save('txt')}>{t('chat.export.text')}</MenuItem>
        <MenuItem onSelect={() => void save('json')}>{t('chat.export.json')}</MenuItem>
      </MenuContent>
    </DropdownMenu.Root>
  );
}
