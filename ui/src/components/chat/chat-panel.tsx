'use client';

import { useEffect } from 'react';
import { useCall, useCallClient } from '../../hooks/use-call.tsx';
import { ChatComposer } from './chat-composer.tsx';
import { ChatMessages } from './chat-messages.tsx';

export function ChatPanel() {
  const call = useCallClient();
  const unread = useCall((state) => state.unreadChat);
  useEffect(() => {
    if (unread > 0) call.chat.markRead();
  }, [call, unread]);
  return (
    <>
      <ChatMessages />
      <ChatComposer />
    </>
  );
}
