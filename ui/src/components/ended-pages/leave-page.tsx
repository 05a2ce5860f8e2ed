'use client';

import { DoorOpen } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { useCall } from '../../hooks/use-call.tsx';
import { useWords } from '../../hooks/use-words.ts';
import { durationWords } from '../../format/durations.ts';
import { Button } from '../basics/button.tsx';
import { MessagePage } from '../page/message-page.tsx';

export function LeavePage({ onRejoin }: { onRejoin: () => void }) {
  const words = useWords();
  const { t } = words;
  const joinedAt = useCall((state) => state.joinedAt);
  const [leftAt] = useState(() => Date.now());
  return (
    <MessagePage
      icon={<DoorOpen />}
      title={t('room.left.title')}
      text={
        joinedAt === null
          ? t('room.left.devicesOff')
          : t('room.left.afterTime', { duration: durationWords(words, leftAt - joinedAt) })
      }
    >
      <Button tone="primary" onClick={onRejoin}>
        {t('room.rejoin')}
      </Button>
      <Button asChild>
        <Link href="/">{t('room.toStart')}</Link>
      </Button>
    </MessagePage>
  );
}
