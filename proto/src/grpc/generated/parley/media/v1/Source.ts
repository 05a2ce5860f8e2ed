// Original file: proto/parley/media/v1/media.proto

export const Source = {
  SOURCE_UNSPECIFIED: 'SOURCE_UNSPECIFIED',
  MICROPHONE: 'MICROPHONE',
  CAMERA: 'CAMERA',
  SCREEN: 'SCREEN',
  SCREEN_AUDIO: 'SCREEN_AUDIO',
} as const;

export type SourceInput =
  | 'SOURCE_UNSPECIFIED'
  | 0
  | 'MICROPHONE'
  | 1
  | 'CAMERA'
  | 2
  | 'SCREEN'
  | 3
  | 'SCREEN_AUDIO'
  | 4

export type Source = typeof Source[keyof typeof Source]
