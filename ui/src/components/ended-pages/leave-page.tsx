'use client';

import { DoorOpen } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { useCall } from '../../hooks/use-call.tsx';
import { useWords } from '../../hooks/use-words.ts';
import { durationWords } from '../../format/durations.ts';
import { Button } from '../basics/button.tsx';
import { MessagePage } from '../page/message-page.tsx';

type LeavePageProps = {
  onRejoin: () => void;
  /** The button is under the pointer, or focused. */
  onRejoinMeant: () => void;
};

export function LeavePage({ onRejoin, onRejoinMeant }: LeavePageProps) {
  const words = useWords();
  const { t } = words;
  const joinedAt = useCall((state) => state.joinedAt);
  const [leftAt] = useState(() => performance.now());
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
      <Button tone="primary" onClick={onRejoin} onPointerEnter={onRejoinMeant} onFocus={onRejoinMeant}>
        {t('room.rejoin')}
      </Button>
      <Button asChild>
        <Link href="/">{t('room.toStart')}</Link>
      </Button>
    </MessagePage>
  );
}
