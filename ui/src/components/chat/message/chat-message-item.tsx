'use client';

import { Lock } from 'lucide-react';
import { memo } from 'react';
import { useWords } from '../../../hooks/use-words.ts';
import { timeOfDay } from '../../../format/days.ts';
import type { ChatEntry } from '../../../call/index.ts';
import { senderWords, recipientWords } from '../../../words/chat-words.ts';
import { cn } from '../../basics/cn.ts';
import { ChatDelivery } from './chat-delivery.tsx';
import { MessageBody } from './message-body.tsx';

type ChatMessageItemProps = {
  entry: ChatEntry;
  /** The message goes under the heading of the previous one. */
  continued: boolean;
  /** The number of the message among those of the page, from 1, and how many these are. */
  place: number;
  count: number;
};

export const ChatMessageItem = memo(function ChatMessageItem({
  entry,
  continued,
  place,
  count,
}: ChatMessageItemProps) {
  const words = useWords();
  return (
    <article
      data-testid="chat-message"
      data-private={entry.toPeerId !== null}
      aria-label={senderWords(words, entry)}
      aria-posinset={place}
      aria-setsize={count}
      className={continued ? 'pt-1' : 'pt-4'}
    >
      {continued ? null : <Head entry={entry} />}
      <MessageBody entry={entry} />
      {entry.own ? <ChatDelivery entry={entry} /> : null}
    </article>
  );
});

const Head = memo(function Head({ entry }: { entry: ChatEntry }) {
  const words = useWords();
  return (
    <header className="mb-0.5 flex items-baseline gap-2 text-xs">
      <bdi className={cn('truncate text-sm font-medium', entry.own ? 'text-accent' : 'text-ink')}>
        {entry.own ? words.t('basics.you') : entry.fromName}
      </bdi>
      {entry.toPeerId === null ? null : (
        <span className="inline-flex min-w-0 items-center gap-1 text-warn">
          <Lock aria-hidden className="size-3 shrink-0" />
          <span className="truncate">{recipientWords(words, entry)}</span>
        </span>
      )}
      <time
        dateTime={new Date(entry.sentAt).toISOString()}
        className="ms-auto shrink-0 text-ink-faint tabular-nums"
      >
        {timeOfDay(words.locale, entry.sentAt)}
      </time>
    </header>
  );
});
