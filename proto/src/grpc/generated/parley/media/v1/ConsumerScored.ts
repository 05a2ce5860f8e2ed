// Original file: proto/parley/media/v1/media.proto


/**
 * 0 (nothing arrives) to 10 (all arrives): the stream to the peer, and the stream from the producer.
 */
export interface ConsumerScoredInput {
  'peerId'?: (string);
  'consumerId'?: (string);
  'score'?: (number);
  'producerScore'?: (number);
}

/**
 * 0 (nothing arrives) to 10 (all arrives): the stream to the peer, and the stream from the producer.
 */
export interface ConsumerScored {
  'peerId': (string);
  'consumerId': (string);
  'score': (number);
  'producerScore': (number);
}
