// Original file: proto/parley/media/v1/media.proto

/**
 * The kinds of media that a peer sends: one producer for each.
 */
export const Source = {
  SOURCE_UNSPECIFIED: 'SOURCE_UNSPECIFIED',
  SOURCE_MICROPHONE: 'SOURCE_MICROPHONE',
  SOURCE_CAMERA: 'SOURCE_CAMERA',
  SOURCE_SCREEN: 'SOURCE_SCREEN',
  SOURCE_SCREEN_AUDIO: 'SOURCE_SCREEN_AUDIO',
} as const;

/**
 * The kinds of media that a peer sends: one producer for each.
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
 * The kinds of media that a peer sends: one producer for each.
 */
export type Source = typeof Source[keyof typeof Source]
