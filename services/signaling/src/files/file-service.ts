import type { GrpcHandlers } from '@parley/common/grpc';
import { ParleyError } from '@parley/proto/errors';
import { fileIdSchema, type FileId } from '@parley/proto/ids';
import type { RoomService } from '@parley/proto/room-rpc';
import type { FileRepository } from '../database/file-repository.ts';
import type { FileTokens } from './file-tokens.ts';

type FileMethods = 'beginUpload' | 'finishUpload' | 'getFile' | 'listDeadFiles' | 'forgetFiles';

const FORGOTTEN_AT_ONCE = 1_000;
/** At most 100 characters, as in the record of a message. The names of office formats are long. */
const MEDIA_TYPE = /^(?=.{1,100}$)[\w.+-]+\/[\w.+-]+$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What the gateway, which has the bytes, asks about files. */
export function createFileService(
  files: FileRepository,
  tokens: FileTokens,
): Pick<GrpcHandlers<typeof RoomService>, FileMethods> {
  return {
    beginUpload: async ({ uploadPass }) => {
      const fileId = tokens.readPass(uploadPass);
      return { fileId, size: await files.begin(fileId) };
    },
    finishUpload: async ({ fileId, mediaType }) => {
      if (!MEDIA_TYPE.test(mediaType)) throw new ParleyError('invalid_request');
      await files.finish(readId(fileId), mediaType);
      return {};
    },
    getFile: async ({ link }) => {
      const { fileId, name, size, type } = await files.findSent(tokens.readLink(link));
      return { fileId, name, size, mediaType: type };
    },
    listDeadFiles: async () => ({ fileIds: await files.listDead() }),
    forgetFiles: async ({ fileIds }, { logger }) => {
      if (fileIds.length > FORGOTTEN_AT_ONCE) throw new ParleyError('invalid_request');
      await files.forget(fileIds.map(readId));
      logger.info({ files: fileIds.length }, 'files deleted');
      return {};
    },
  };
}

function readId(given: string): FileId {
  if (!UUID.test(given)) throw new ParleyError('invalid_request');
  return fileIdSchema.parse(given);
}
