import type { ProtoGrpcType } from './generated/media.ts';
import { loadPackage } from './load-package.ts';

export const mediaPackage = loadPackage<ProtoGrpcType>('parley/media/v1/media.proto').parley.media.v1;

/** Client constructor and `service` definition of the media node. */
export const MediaService = mediaPackage.MediaService;

export type * as media from './media-types.ts';
export type * as rtp from './rtp-types.ts';
export * from './rtp-messages.ts';
