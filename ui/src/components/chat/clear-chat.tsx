'use client';

import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useCall, useCallClient } from '../../hooks/use-call.tsx';
import { Button } from '../basics/button.tsx';
import { Dialog } from '../basics/dialog.tsx';
import { IconButton } from '../basics/icon-button.tsx';

/** Deletes all messages for everybody, after a question. */
export function ClearChat() {
  const call = useCallClient();
  const isEmpty = useCall((state) => state.chat.length === 0);
  const [open, setOpen] = useState(false);
  const clear = () => {
    setOpen(false);
    void call.chat.clear();
  };
  return (
    <>
      <IconButton
        label="Clear the chat"
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
        title="Clear the chat for everyone?"
        description="All messages are deleted, private ones too. The others see that you did it."
      >
        <div className="flex flex-wrap justify-end gap-3">
          <Button onClick={() => setOpen(false)}>Keep the messages</Button>
          <Button tone="danger" onClick={clear}>
            Clear the chat
          </Button>
        </div>
      </Dialog>
    </>
  );
}
