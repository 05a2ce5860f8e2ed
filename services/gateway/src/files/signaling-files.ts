import { newTraceId } from '@parley/common/logging';
import { fileIdSchema, type FileId, type TraceId } from '@parley/proto/ids';
import type { SignalingInstances } from '../rooms/signaling-instances.ts';
import type { FileOwner, LinkedFile } from './file-owner.ts';

/** The files of signaling over gRPC. */
export class SignalingFiles implements FileOwner {
  readonly #signaling: Pick<SignalingInstances, 'call'>;

  constructor(signaling: Pick<SignalingInstances, 'call'>) {
    this.#signaling = signaling;
  }

  async beginUpload(uploadPass: string, traceId: TraceId): Promise<{ fileId: FileId; size: number }> {
    const { fileId, size } = await this.#signaling.call('beginUpload', { uploadPass }, traceId);
    return { fileId: fileIdSchema.parse(fileId), size };
  }

  async finishUpload(fileId: FileId, mediaType: string, traceId: TraceId): Promise<void> {
    await this.#signaling.call('finishUpload', { fileId, mediaType }, traceId);
  }

  async getFile(link: string, traceId: TraceId): Promise<LinkedFile> {
    const { fileId, name, size, mediaType } = await this.#signaling.call('getFile', { link }, traceId);
    return { fileId, name, size, mediaType };
  }

  async listDeadFiles(): Promise<readonly string[]> {
    return (await this.#signaling.call('listDeadFiles', {}, newTraceId())).fileIds;
  }

  async forgetFiles(fileIds: readonly string[]): Promise<void> {
    await this.#signaling.call('forgetFiles', { fileIds: [...fileIds] }, newTraceId());
  }
}
