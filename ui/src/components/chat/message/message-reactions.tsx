'use client';

import type { ChatEntry } from '../../../call/index.ts';
import { useCallClient } from '../../../hooks/use-call.tsx';
import { useWords } from '../../../hooks/use-words.ts';
import { cn } from '../../basics/cn.ts';

/** The emoji on a message with their numbers. A press adds one's own or takes it away. */
export function MessageReactions({ entry }: { entry: ChatEntry }) {
  const { t } = useWords();
  const call = useCallClient();
  if (entry.reactions === undefined) return null;
  return (
    <div className="mt-1 flex flex-wrap gap-1">
      {entry.reactions.map(({ emoji, peerIds, mine: isOwn = false }) => {
        return (
          <button
            key={emoji}
            type="button"
            aria-pressed={isOwn}
            aria-label={t('chat.reactions.count', { emoji, count: peerIds.length })}
            onClick={() => void call.chat.changes.react(entry.messageId, emoji, !isOwn)}
            className={cn(
              'inline-flex h-7 items-center gap-1 rounded-full border px-2 text-xs tabular-nums',
              isOwn ? 'border-accent bg-accent/15 text-ink' : 'border-line bg-raised text-ink-soft',
            )}
          >
            <span aria-hidden className="text-sm">
              {emoji}
            </span>
            <span aria-hidden>{peerIds.length}</span>
          </button>
        );
      })}
    </div>
  );
}
