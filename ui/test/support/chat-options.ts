import type { ChatOptions } from '../../src/call/state/chat.ts';
import { CallFailure } from '../../src/call/base/call-failure.ts';

/** For a chat whose messages nobody changes, and that notifies nobody of what is typed. */
export const UNCHANGED: Pick<ChatOptions, 'type' | 'change' | 'listChanges'> = {
  type: async () => ({}),
  change: async () => {
    throw new CallFailure('internal');
  },
  listChanges: async () => ({ messages: [], more: false }),
};
