'use client';

import { ChevronUp } from 'lucide-react';
import { useCall, useCallClient } from '../../hooks/use-call.tsx';
import { useWords } from '../../hooks/use-words.ts';
import { Button } from '../basics/button.tsx';
import { Spinner } from '../basics/spinner.tsx';

/** The way to the messages above the list. Nothing if the list has all. */
export function EarlierMessages() {
  const { t } = useWords();
  const call = useCallClient();
  const earlier = useCall((state) => state.earlierChat);
  if (earlier === 'none') return null;
  const loading = earlier === 'loading';
  return (
    <div className="flex justify-center pt-3">
      <Button size="small" aria-disabled={loading} onClick={() => void call.chat.loadEarlier()}>
        {loading ? <Spinner /> : <ChevronUp aria-hidden />}
        <span>{t('chat.earlier')}</span>
      </Button>
    </div>
  );
}
