import type { ChatMessage } from '@parley/proto/room';

/** A message that its sender received, as everybody else receives it. */
export function seenByOthers({ mine: _mine, ...message }: ChatMessage): ChatMessage {
  return message;
}
