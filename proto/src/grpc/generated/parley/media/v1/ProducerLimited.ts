// Original file: proto/parley/media/v1/media.proto


/**
 * The node has paused the producer, because it sent too much. For a while, resuming it and making another one of its source
 * fail with over_limit.
 */
export interface ProducerLimitedInput {
  'peerId'?: (string);
  'producerId'?: (string);
}

/**
 * The node has paused the producer, because it sent too much. For a while, resuming it and making another one of its source
 * fail with over_limit.
 */
export interface ProducerLimited {
  'peerId': (string);
  'producerId': (string);
}
