// Original file: proto/parley/media/v1/media.proto

export const ConsumerType = {
  CONSUMER_TYPE_UNSPECIFIED: 'CONSUMER_TYPE_UNSPECIFIED',
  SIMPLE: 'SIMPLE',
  SIMULCAST: 'SIMULCAST',
  SVC: 'SVC',
} as const;

export type ConsumerTypeInput =
  | 'CONSUMER_TYPE_UNSPECIFIED'
  | 0
  | 'SIMPLE'
  | 1
  | 'SIMULCAST'
  | 2
  | 'SVC'
  | 3

export type ConsumerType = typeof ConsumerType[keyof typeof ConsumerType]
