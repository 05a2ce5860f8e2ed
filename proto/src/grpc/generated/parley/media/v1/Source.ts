// Original file: proto/parley/media/v1/media.proto

/**
 * What a producer carries.
 */
export const Source = {
  SOURCE_UNSPECIFIED: 'SOURCE_UNSPECIFIED',
  SOURCE_MICROPHONE: 'SOURCE_MICROPHONE',
  SOURCE_CAMERA: 'SOURCE_CAMERA',
  SOURCE_SCREEN: 'SOURCE_SCREEN',
  SOURCE_SCREEN_AUDIO: 'SOURCE_SCREEN_AUDIO',
} as const;

/**
 * What a producer carries.
 */
export type SourceInput =
  | 'SOURCE_UNSPECIFIED'
  | 0
  | 'SOURCE_MICROPHONE'
  | 1
  | 'SOURCE_CAMERA'
  | 2
  | 'SOURCE_SCREEN'
  | 3
  | 'SOURCE_SCREEN_AUDIO'
  | 4

/**
 * What a producer carries.
 */
export type Source = typeof Source[keyof typeof Source]
