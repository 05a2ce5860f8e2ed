// Original file: proto/parley/media/v1/media.proto


/**
 * The microphones that the room forwards. The consumers of the others forward nothing, also those that are resumed, until the
 * others are forwarded again.
 */
export interface VoicesChangedInput {
  /**
   * Whether any voice is held back. If not, all are forwarded, and the list is empty.
   */
  'limited'?: (boolean);
  'producerIds'?: (string)[];
}

/**
 * The microphones that the room forwards. The consumers of the others forward nothing, also those that are resumed, until the
 * others are forwarded again.
 */
export interface VoicesChanged {
  /**
   * Whether any voice is held back. If not, all are forwarded, and the list is empty.
   */
  'limited': (boolean);
  'producerIds': (string)[];
}
