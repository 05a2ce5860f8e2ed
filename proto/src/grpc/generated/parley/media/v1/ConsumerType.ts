// Original file: proto/parley/media/v1/media.proto

export const ConsumerType = {
  CONSUMER_TYPE_UNSPECIFIED: 'CONSUMER_TYPE_UNSPECIFIED',
  CONSUMER_TYPE_SIMPLE: 'CONSUMER_TYPE_SIMPLE',
  CONSUMER_TYPE_SIMULCAST: 'CONSUMER_TYPE_SIMULCAST',
  CONSUMER_TYPE_SVC: 'CONSUMER_TYPE_SVC',
} as const;

export type ConsumerTypeInput =
  | 'CONSUMER_TYPE_UNSPECIFIED'
  | 0
  | 'CONSUMER_TYPE_SIMPLE'
  | 1
  | 'CONSUMER_TYPE_SIMULCAST'
  | 2
  | 'CONSUMER_TYPE_SVC'
  | 3

export type ConsumerType = typeof ConsumerType[keyof typeof ConsumerType]
