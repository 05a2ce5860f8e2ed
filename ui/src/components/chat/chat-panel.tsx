'use client';

import { useEffect } from 'react';
import { useCallClient } from '../../hooks/use-call.tsx';
import { ChatAnnouncer } from './chat-announcer.tsx';
import { ChatComposer } from './chat-composer.tsx';
import { ChatMessages } from './chat-messages.tsx';
import { TypingLine } from './typing-line.tsx';
import { UploadList } from './upload-list.tsx';

export function ChatPanel() {
  const call = useCallClient();
  useEffect(() => call.chat.read(), [call]);
  return (
    <>
      <ChatMessages />
      <TypingLine />
      <UploadList />
      <ChatComposer />
      <ChatAnnouncer />
    </>
  );
}
