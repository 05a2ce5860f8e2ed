import { randomUUID } from 'node:crypto';
import type { GrpcHandlers } from '@parley/common/grpc';
import { ParleyError } from '@parley/proto/errors';
import type { RoomService } from '@parley/proto/room-rpc';

type Methods = 'beginUpload' | 'finishUpload' | 'getFile' | 'listDeadFiles' | 'forgetFiles';
type Offered = {
  fileId: string;
  name: string;
  size: number;
  begun: boolean;
  mediaType: string | null;
  dead: boolean;
};

/** The files as their owner has them, in memory. The pass and the link of a file are its id. */
export class FilesOfOwner {
  readonly all = new Map<string, Offered>();

  offer(name: string, size: number): string {
    const fileId = randomUUID();
    this.all.set(fileId, { fileId, name, size, begun: false, mediaType: null, dead: false });
    return fileId;
  }

  readonly handlers: Pick<GrpcHandlers<typeof RoomService>, Methods> = {
    beginUpload: ({ uploadPass }) => {
      const file = this.all.get(uploadPass);
      if (file === undefined || file.begun) throw new ParleyError('token_invalid');
      file.begun = true;
      return { fileId: file.fileId, size: file.size };
    },
    finishUpload: ({ fileId, mediaType }) => {
      const file = this.all.get(fileId);
      if (file?.begun !== true || file.dead) throw new ParleyError('not_found');
      file.mediaType = mediaType;
      return {};
    },
    getFile: ({ link }) => {
      const file = this.all.get(link);
      if (file === undefined || file.mediaType === null || file.dead) throw new ParleyError('not_found');
      const { fileId, name, size, mediaType } = file;
      return { fileId, name, size, mediaType };
    },
    listDeadFiles: () => ({ fileIds: [...this.all.values()].filter((f) => f.dead).map((f) => f.fileId) }),
    forgetFiles: ({ fileIds }) => {
      for (const fileId of fileIds) {
        const file = this.all.get(fileId);
        if (file?.dead === true || (file?.begun === true && file.mediaType === null)) this.all.delete(fileId);
      }
      return {};
    },
  };
}
