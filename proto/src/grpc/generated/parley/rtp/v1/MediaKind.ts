// Original file: proto/parley/rtp/v1/rtp.proto

export const MediaKind = {
  MEDIA_KIND_UNSPECIFIED: 'MEDIA_KIND_UNSPECIFIED',
  AUDIO: 'AUDIO',
  VIDEO: 'VIDEO',
} as const;

export type MediaKindInput =
  | 'MEDIA_KIND_UNSPECIFIED'
  | 0
  | 'AUDIO'
  | 1
  | 'VIDEO'
  | 2

export type MediaKind = typeof MediaKind[keyof typeof MediaKind]
