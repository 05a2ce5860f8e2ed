import { messageIdSchema } from '@parley/proto/ids';
import type { ChatMessage } from '@parley/proto/room';
import { newUuid } from '../../src/call/base/ids.ts';
import { peerId } from './records.ts';

/** A message from Ann to everybody. */
export function message(text: string, change: Partial<ChatMessage> = {}): ChatMessage {
  return {
    messageId: messageIdSchema.parse(newUuid()),
    clientMessageId: newUuid(),
    fromPeerId: peerId('ann'),
    fromName: 'Ann',
    toPeerId: null,
    toName: null,
    text,
    sentAt: 5000,
    ...change,
  };
}
