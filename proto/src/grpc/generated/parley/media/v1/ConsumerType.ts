// Original file: proto/parley/media/v1/media.proto

/**
 * How the layers of a consumer are sent: none, as several encodings, or within one encoding.
 */
export const ConsumerType = {
  CONSUMER_TYPE_UNSPECIFIED: 'CONSUMER_TYPE_UNSPECIFIED',
  CONSUMER_TYPE_SIMPLE: 'CONSUMER_TYPE_SIMPLE',
  CONSUMER_TYPE_SIMULCAST: 'CONSUMER_TYPE_SIMULCAST',
  CONSUMER_TYPE_SVC: 'CONSUMER_TYPE_SVC',
} as const;

/**
 * How the layers of a consumer are sent: none, as several encodings, or within one encoding.
 */
export type ConsumerTypeInput =
  | 'CONSUMER_TYPE_UNSPECIFIED'
  | 0
  | 'CONSUMER_TYPE_SIMPLE'
  | 1
  | 'CONSUMER_TYPE_SIMULCAST'
  | 2
  | 'CONSUMER_TYPE_SVC'
  | 3

/**
 * How the layers of a consumer are sent: none, as several encodings, or within one encoding.
 */
export type ConsumerType = typeof ConsumerType[keyof typeof ConsumerType]
