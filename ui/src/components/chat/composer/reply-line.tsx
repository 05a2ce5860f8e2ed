'use client';

import { X } from 'lucide-react';
import { useCall, useCallClient } from '../../../hooks/use-call.tsx';
import { useWords } from '../../../hooks/use-words.ts';
import { IconButton } from '../../basics/icon-button.tsx';
import { MessageQuote } from '../message/message-quote.tsx';

/** The message that the next one replies to, above the field. */
export function ReplyLine() {
  const { t } = useWords();
  const call = useCallClient();
  const quote = useCall((state) => state.chatReplyTo);
  if (quote === null) return null;
  return (
    <div data-testid="chat-reply-to" className="mt-2 flex items-center gap-1">
      <MessageQuote quote={quote} className="flex-1" />
      <IconButton
        label={t('chat.reply.cancel')}
        tone="quiet"
        size="small"
        onClick={() => call.chat.setReplyTo(null)}
      >
        <X aria-hidden />
      </IconButton>
    </div>
  );
}
