'use client';

import { useEffect } from 'react';
import { useCallClient } from '../../hooks/use-call.tsx';
import { useDenial } from '../hosts/use-denial.ts';
import { ChatAnnouncer } from './chat-announcer.tsx';
import { ChatComposer } from './composer/chat-composer.tsx';
import { ChatMessages } from './chat-messages.tsx';
import { TypingLine } from './typing-line.tsx';
import { UploadList } from './composer/upload-list.tsx';

export function ChatPanel() {
  const call = useCallClient();
  const denied = useDenial('chat');
  useEffect(() => call.chat.read(), [call]);
  return (
    <>
      <ChatMessages />
      <TypingLine />
      <UploadList />
      {denied === null ? <ChatComposer /> : <ChatClosed reason={denied} />}
      <ChatAnnouncer />
    </>
  );
}

/** In place of the field for a message, where the person may not write. */
function ChatClosed({ reason }: { reason: string }) {
  return (
    <p role="status" className="shrink-0 border-t border-line p-4 text-center text-sm text-ink-soft">
      {reason}
    </p>
  );
}
