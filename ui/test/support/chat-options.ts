import type { ChatOptions } from '../../src/call/state/chat/chat.ts';
import { CallFailure } from '../../src/call/base/call-failure.ts';

/** For a chat whose messages nobody changes, and that notifies nobody of what is typed. */
export const UNCHANGED: Pick<ChatOptions, 'type' | 'change' | 'listChanges' | 'files'> = {
  type: async () => ({}),
  change: async () => {
    throw new CallFailure('internal');
  },
  files: {
    offer: async () => {
      throw new CallFailure('files_full');
    },
    link: async () => {
      throw new CallFailure('not_found');
    },
    upload: async () => undefined,
    download: async () => new Blob(),
  },
  listChanges: async () => ({ messages: [], more: false }),
};
