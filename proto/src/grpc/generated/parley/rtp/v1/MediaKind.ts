// Original file: proto/parley/rtp/v1/rtp.proto

export const MediaKind = {
  MEDIA_KIND_UNSPECIFIED: 'MEDIA_KIND_UNSPECIFIED',
  MEDIA_KIND_AUDIO: 'MEDIA_KIND_AUDIO',
  MEDIA_KIND_VIDEO: 'MEDIA_KIND_VIDEO',
} as const;

export type MediaKindInput =
  | 'MEDIA_KIND_UNSPECIFIED'
  | 0
  | 'MEDIA_KIND_AUDIO'
  | 1
  | 'MEDIA_KIND_VIDEO'
  | 2

export type MediaKind = typeof MediaKind[keyof typeof MediaKind]
