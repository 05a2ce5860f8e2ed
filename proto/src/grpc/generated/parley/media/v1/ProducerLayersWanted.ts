// Original file: proto/parley/media/v1/media.proto


/**
 * The layers that are consumed now. The sender may stop to encode the others, and all of them if none is wanted.
 */
export interface ProducerLayersWantedInput {
  'peerId'?: (string);
  'producerId'?: (string);
  'wanted'?: (boolean);
  /**
   * The highest wanted spatial layer, from 0. It has a meaning only when `wanted` is true.
   */
  'maxSpatialLayer'?: (number);
}

/**
 * The layers that are consumed now. The sender may stop to encode the others, and all of them if none is wanted.
 */
export interface ProducerLayersWanted {
  'peerId': (string);
  'producerId': (string);
  'wanted': (boolean);
  /**
   * The highest wanted spatial layer, from 0. It has a meaning only when `wanted` is true.
   */
  'maxSpatialLayer': (number);
}
