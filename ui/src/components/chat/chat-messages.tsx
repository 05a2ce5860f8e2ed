'use client';

import { ArrowDown, MessageSquareDashed } from 'lucide-react';
import { useRef } from 'react';
import { dayWords } from '../../format/days.ts';
import type { VirtualRows } from '../../hooks/page/use-virtual-rows.ts';
import { useCall } from '../../hooks/use-call.tsx';
import { useToday } from '../../hooks/use-today.ts';
import { useWords } from '../../hooks/use-words.ts';
import type { ChatEntry } from '../../call/index.ts';
import { continuesPrevious, startsDay } from '../../selectors/chat-groups.ts';
import { clearedWords } from '../../words/chat-words.ts';
import { Button } from '../basics/button.tsx';
import { cn } from '../basics/cn.ts';
import { EmptyState } from '../basics/empty-state.tsx';
import { ChatMessageItem } from './message/chat-message-item.tsx';
import { EarlierMessages } from './earlier-messages.tsx';
import { useAtEnd } from './use-at-end.ts';
import { useMessageRows } from './use-message-rows.ts';

export function ChatMessages() {
  const { t } = useWords();
  const chat = useCall((state) => state.chat);
  if (chat.length > 0) return <Conversation chat={chat} />;
  return (
    <>
      <ClearedLine />
      <EmptyState icon={<MessageSquareDashed />} title={t('chat.empty.title')}>
        {t('chat.empty.advice')}
      </EmptyState>
    </>
  );
}

/** The line which says that the messages from before are gone, and who cleared them. */
function ClearedLine() {
  const words = useWords();
  const cleared = useCall((state) => state.chatCleared);
  if (cleared === null) return null;
  return (
    <p data-testid="chat-cleared" className="px-4 pt-3 text-center text-xs text-ink-faint">
      {clearedWords(words, cleared)}
    </p>
  );
}

/** The newest message is at the end. The list follows it unless the person has scrolled up. Only the rows in sight are on the page. */
function Conversation({ chat }: { chat: readonly ChatEntry[] }) {
  const { t } = useWords();
  const list = useRef<HTMLDivElement>(null);
  const rows = useMessageRows(list, chat);
  const atEnd = useAtEnd(list, rows.toEnd);
  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={list}
        role="log"
        // See ChatAnnouncer.
        aria-live="off"
        aria-label={t('chat.list')}
        // A list that scrolls must be reachable by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className="relative h-full overflow-y-auto overscroll-contain px-4 pb-3 -outline-offset-2 [overflow-anchor:none]"
      >
        <EarlierMessages />
        <ClearedLine />
        <Rows rows={rows} chat={chat} />
      </div>
      {atEnd ? null : (
        <Button
          size="small"
          onClick={rows.toEnd}
          className="absolute bottom-2 left-1/2 -translate-x-1/2 animate-rise rounded-full shadow-float"
        >
          <ArrowDown aria-hidden />
          <span>{t('chat.newest')}</span>
        </Button>
      )}
    </div>
  );
}

function Rows({ rows, chat }: { rows: VirtualRows<HTMLDivElement>; chat: readonly ChatEntry[] }) {
  return (
    <div {...rows.space} className="relative">
      {rows.shown.map((row) => {
        const [before, entry] = [chat[row.index - 1], chat[row.index]];
        return entry === undefined ? null : (
          <div key={entry.clientMessageId} {...rows.rowProps(row)} className="absolute inset-x-0">
            {startsDay(before, entry) ? <DayLine sentAt={entry.sentAt} first={before === undefined} /> : null}
            <ChatMessageItem
              entry={entry}
              continued={continuesPrevious(before, entry)}
              place={row.index + 1}
              count={chat.length}
            />
          </div>
        );
      })}
    </div>
  );
}

function DayLine({ sentAt, first }: { sentAt: number; first: boolean }) {
  const words = useWords();
  const today = useToday();
  return (
    <p
      data-testid="chat-day"
      className={cn(
        'flex items-center gap-3 text-xs text-ink-faint before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line',
        first ? 'pt-1' : 'pt-4',
      )}
    >
      <time dateTime={new Date(sentAt).toISOString()}>{dayWords(words, sentAt, today)}</time>
    </p>
  );
}
