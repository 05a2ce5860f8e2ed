'use client';

import { DoorOpen } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { useCall } from '../../hooks/use-call.tsx';
import { durationWords } from '../../format/durations.ts';
import { Button } from '../basics/button.tsx';
import { MessagePage } from '../page/message-page.tsx';

export function LeavePage({ onRejoin }: { onRejoin: () => void }) {
  const joinedAt = useCall((state) => state.joinedAt);
  const [leftAt] = useState(() => Date.now());
  return (
    <MessagePage
      icon={<DoorOpen />}
      title="You left the call"
      text={
        joinedAt === null
          ? 'Your camera and microphone are off.'
          : `You were in the call for ${durationWords(leftAt - joinedAt)}. Your camera and microphone are off.`
      }
    >
      <Button tone="primary" onClick={onRejoin}>
        Rejoin
      </Button>
      <Button asChild>
        <Link href="/">Go to the start page</Link>
      </Button>
    </MessagePage>
  );
}
