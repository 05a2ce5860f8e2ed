import { ParleyError } from '@parley/proto/errors';
import type { Settings } from '../config.ts';
import type { ChatRepository } from '../database/chat-repository.ts';
import type { FileRepository } from '../database/file-repository.ts';
import type { FileTokens } from '../files/file-tokens.ts';
import type { LiveRoomStore } from '../store/live-room-store.ts';
import { readerIn } from './chat-reader.ts';
import type { Handlers } from './handler-types.ts';

type FileVerbs = 'chat:offer-file' | 'chat:link-file';

export type FileHandlersOptions = {
  files: FileRepository;
  fileTokens: FileTokens;
  chat: ChatRepository;
  store: LiveRoomStore;
  settings: Settings;
};

/** Passes and links of files. The gateway takes and gives the bytes. */
export function createFileHandlers(options: FileHandlersOptions): Pick<Handlers, FileVerbs> {
  const { files, fileTokens, chat, store, settings } = options;
  return {
    'chat:offer-file': async ({ name, size }, { code, peerId }) => {
      const fileId = await files.offer({ code, peerId, name, size }, settings.files);
      return { fileId, uploadPass: fileTokens.pass(fileId) };
    },

    'chat:link-file': async ({ messageId }, session) => {
      const { message } = await chat.find(session.code, await readerIn(store, session), messageId);
      const { file } = message;
      if (file === undefined) throw new ParleyError('not_found', 'The message has no file.');
      const { link, expiresAt } = fileTokens.link(file.fileId);
      return { url: `/api/files/${link}`, expiresAt };
    },
  };
}
