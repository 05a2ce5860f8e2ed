// Original file: proto/parley/media/v1/media.proto


/**
 * What the caller needs of a carried producer.
 */
export interface LinkDemandInput {
  'producerId'?: (string);
  /**
   * Whether packets are needed now.
   */
  'running'?: (boolean);
  /**
   * The layers of a picture, as in ProducerLayersWanted.
   */
  'wanted'?: (boolean);
  'maxSpatialLayer'?: (number);
}

/**
 * What the caller needs of a carried producer.
 */
export interface LinkDemand {
  'producerId': (string);
  /**
   * Whether packets are needed now.
   */
  'running': (boolean);
  /**
   * The layers of a picture, as in ProducerLayersWanted.
   */
  'wanted': (boolean);
  'maxSpatialLayer': (number);
}
