'use client';

import { ArrowDown, MessageSquareDashed } from 'lucide-react';
import { useCall } from '../../hooks/use-call.tsx';
import type { ChatEntry } from '../../call/index.ts';
import { continuesPrevious } from '../../selectors/chat-groups.ts';
import { Button } from '../basics/button.tsx';
import { EmptyState } from '../basics/empty-state.tsx';
import { ChatMessageItem } from './chat-message-item.tsx';
import { useStickToEnd } from './use-stick-to-end.ts';

export function ChatMessages() {
  const chat = useCall((state) => state.chat);
  if (chat.length > 0) return <Conversation chat={chat} />;
  return (
    <EmptyState icon={<MessageSquareDashed />} title="No messages yet">
      Messages go to everyone in the call. To write to one person only, choose them below.
    </EmptyState>
  );
}

/** The newest message is at the end. The list follows it unless the person has scrolled up. */
function Conversation({ chat }: { chat: readonly ChatEntry[] }) {
  const { list, atEnd, toEnd } = useStickToEnd();
  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={list}
        role="log"
        aria-label="Messages"
        // A list that scrolls must be reachable by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className="h-full overflow-y-auto overscroll-contain px-4 pb-3 -outline-offset-2"
      >
        {chat.map((entry, index) => (
          <ChatMessageItem
            key={entry.clientMessageId}
            entry={entry}
            continued={continuesPrevious(chat[index - 1], entry)}
          />
        ))}
      </div>
      {atEnd ? null : (
        <Button
          size="small"
          onClick={toEnd}
          className="absolute bottom-2 left-1/2 -translate-x-1/2 animate-rise rounded-full shadow-float"
        >
          <ArrowDown aria-hidden />
          Newest messages
        </Button>
      )}
    </div>
  );
}
