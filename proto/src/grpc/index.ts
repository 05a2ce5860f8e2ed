import path from 'node:path';
import { loadPackageDefinition } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import type { ProtoGrpcType as MediaGrpcType } from './generated/media.ts';
import type { ProtoGrpcType as RoomGrpcType } from './generated/room.ts';

const PROTO_ROOT = path.resolve(import.meta.dirname, '../..');

/** The loader options that the generated types were made for; see scripts/generate-proto.mjs. */
const LOADER_OPTIONS = {
  includeDirs: [PROTO_ROOT],
  longs: Number,
  enums: String,
  defaults: true,
  arrays: true,
  oneofs: true,
};

function load<T>(file: string): T {
  return loadPackageDefinition(loadSync(path.join(PROTO_ROOT, file), LOADER_OPTIONS)) as unknown as T;
}

export const mediaPackage = load<MediaGrpcType>('parley/media/v1/media.proto').parley.media.v1;
export const roomPackage = load<RoomGrpcType>('parley/room/v1/room.proto').parley.room.v1;

/** Client constructor and `service` definition of the media node. */
export const MediaService = mediaPackage.MediaService;
/** Client constructor and `service` definition of rooms. */
export const RoomService = roomPackage.RoomService;

/** Metadata keys of every call between our services. */
export const GRPC_METADATA = {
  errorCode: 'parley-error-code',
  traceId: 'parley-trace-id',
  /** `Bearer` and the secret of the called service, where calls carry no certificates. */
  authorization: 'authorization',
} as const;

export { CERTIFIED_NAMES, GRPC_ACCESS, mayCall, type CertifiedName } from './callers.ts';
export type * as media from './media-types.ts';
export type * as room from './room-types.ts';
export type * as rtp from './rtp-types.ts';
export * from './rtp-messages.ts';
export * from './caller-message.ts';
export * from './room-messages.ts';
