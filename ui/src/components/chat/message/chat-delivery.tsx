'use client';

import { CircleAlert } from 'lucide-react';
import { useCallClient } from '../../../hooks/use-call.tsx';
import { useWords } from '../../../hooks/use-words.ts';
import type { ChatEntry } from '../../../call/index.ts';

/** Whether an own message has arrived. A message that failed can be sent again. */
export function ChatDelivery({ entry }: { entry: ChatEntry }) {
  const { t } = useWords();
  const call = useCallClient();
  if (entry.delivery === 'sent') return null;
  if (entry.delivery === 'sending')
    return <p className="text-xs text-ink-faint">{t('chat.delivery.sending')}</p>;
  return (
    <p role="alert" className="mt-1 flex items-center gap-1.5 text-xs text-danger-soft">
      <CircleAlert aria-hidden className="size-3.5" />
      <span>{t('chat.delivery.failed')}</span>
      <button
        type="button"
        onClick={() => call.chat.retry(entry.clientMessageId)}
        className="rounded px-1 py-1 font-medium underline underline-offset-2"
      >
        {t('basics.tryAgain')}
      </button>
    </p>
  );
}
