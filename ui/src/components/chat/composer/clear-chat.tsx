'use client';

import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useCall, useCallClient } from '../../../hooks/use-call.tsx';
import { useWords } from '../../../hooks/use-words.ts';
import { Button } from '../../basics/button.tsx';
import { Dialog } from '../../basics/dialog.tsx';
import { IconButton } from '../../basics/icon-button.tsx';

/** Deletes all messages for everybody, after a question. Only for those who lead the call. */
export function ClearChat() {
  const { t } = useWords();
  const call = useCallClient();
  const isEmpty = useCall((state) => state.chat.length === 0);
  const moderates = useCall((state) => state.permissions.includes('moderate'));
  const [open, setOpen] = useState(false);
  const clear = () => {
    setOpen(false);
    void call.chat.clear();
  };
  if (!moderates) return null;
  return (
    <>
      <IconButton
        label={t('chat.clear.button')}
        tone="quiet"
        size="small"
        disabled={isEmpty}
        onClick={() => setOpen(true)}
      >
        <Trash2 aria-hidden />
      </IconButton>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={t('chat.clear.title')}
        description={t('chat.clear.description')}
      >
        <div className="flex flex-wrap justify-end gap-3">
          <Button onClick={() => setOpen(false)}>{t('chat.clear.keep')}</Button>
          <Button tone="danger" onClick={clear}>
            {t('chat.clear.confirm')}
          </Button>
        </div>
      </Dialog>
    </>
  );
}
