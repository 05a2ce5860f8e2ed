// Original file: proto/parley/media/v1/media.proto


/**
 * Which layers anybody consumes now, so that the sender may stop encoding the rest.
 */
export interface ProducerLayersWantedInput {
  'peerId'?: (string);
  'producerId'?: (string);
  'wanted'?: (boolean);
  /**
   * The highest spatial layer wanted; meaningful only when wanted.
   */
  'maxSpatialLayer'?: (number);
}

/**
 * Which layers anybody consumes now, so that the sender may stop encoding the rest.
 */
export interface ProducerLayersWanted {
  'peerId': (string);
  'producerId': (string);
  'wanted': (boolean);
  /**
   * The highest spatial layer wanted; meaningful only when wanted.
   */
  'maxSpatialLayer': (number);
}
