'use client';

import { memo, useState } from 'react';
import type { ChatEntry } from '../../../call/index.ts';
import { deletedMessage } from '../../../format/deleted-message.ts';
import { useWords } from '../../../hooks/use-words.ts';
import { cn } from '../../basics/cn.ts';
import { ChatText } from './chat-text.tsx';
import { FileCard } from './file-card.tsx';
import { MessageEditor } from './message-editor.tsx';
import { MessageMenu } from './message-menu.tsx';
import { MessageQuote } from './message-quote.tsx';
import { MessageReactions } from './message-reactions.tsx';

/** What a message says and carries, and what a person may do with it. Its row is drawn again with each message that comes. */
export const MessageBody = memo(function MessageBody({ entry }: { entry: ChatEntry }) {
  const words = useWords();
  const [editing, setEditing] = useState(false);
  if (entry.deletedAt !== undefined)
    return <p className="text-sm text-ink-faint italic">{deletedMessage(words, entry.deletedBy)}</p>;
  const isSent = entry.delivery === 'sent';
  return (
    <>
      {entry.replyTo === undefined ? null : <MessageQuote quote={entry.replyTo} className="my-1" />}
      <div className="flex items-start gap-1">
        <div className="min-w-0 flex-1">
          {editing ? (
            <MessageEditor entry={entry} onDone={() => setEditing(false)} />
          ) : (
            <MessageWords entry={entry} />
          )}
          <FileCard entry={entry} />
        </div>
        {isSent && !editing ? <MessageMenu entry={entry} onEdit={() => setEditing(true)} /> : null}
      </div>
      <MessageReactions entry={entry} />
    </>
  );
});

function MessageWords({ entry }: { entry: ChatEntry }) {
  const { t } = useWords();
  if (entry.text === '') return null;
  return (
    <p
      dir="auto"
      className={cn(
        'text-sm leading-relaxed whitespace-pre-wrap wrap-anywhere [unicode-bidi:plaintext]',
        entry.delivery === 'sending' && 'text-ink-faint',
      )}
    >
      <span>
        <ChatText text={entry.text} />
      </span>
      {entry.editedAt === undefined ? null : (
        <span className="ms-1 text-xs text-ink-faint">{`(${t('chat.edited')})`}</span>
      )}
    </p>
  );
}
