// Original file: proto/parley/media/v1/media.proto


/**
 * The hand of a peer whose voice is carried.
 */
export interface LinkHandInput {
  'peerId'?: (string);
  'raised'?: (boolean);
}

/**
 * The hand of a peer whose voice is carried.
 */
export interface LinkHand {
  'peerId': (string);
  'raised': (boolean);
}
