'use client';

import { useEffect } from 'react';
import { useCallClient } from '../../hooks/use-call.tsx';
import { ChatAnnouncer } from './chat-announcer.tsx';
import { ChatComposer } from './chat-composer.tsx';
import { ChatMessages } from './chat-messages.tsx';

export function ChatPanel() {
  const call = useCallClient();
  useEffect(() => call.chat.read(), [call]);
  return (
    <>
      <ChatMessages />
      <ChatComposer />
      <ChatAnnouncer />
    </>
  );
}
