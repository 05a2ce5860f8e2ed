import type { FileId, TraceId } from '@parley/proto/ids';

/** A file as a link leads to it. */
export type LinkedFile = { fileId: string; name: string; size: number; mediaType: string };

/** Files as the gateway needs them from their owner, who knows to whom they belong. Every method rejects with ParleyError. */
export interface FileOwner {
  beginUpload(pass: string, traceId: TraceId): Promise<{ fileId: FileId; size: number }>;
  finishUpload(fileId: FileId, mediaType: string, traceId: TraceId): Promise<void>;
  getFile(link: string, traceId: TraceId): Promise<LinkedFile>;
  listDeadFiles(): Promise<readonly string[]>;
  forgetFiles(fileIds: readonly string[]): Promise<void>;
}
