// Original file: proto/parley/media/v1/media.proto


export interface ProducerScoredInput {
  'peerId'?: (string);
  'producerId'?: (string);
  /**
   * One per encoding, 0 (dead) to 10 (perfect), in the order of the encodings.
   */
  'scores'?: (number)[];
}

export interface ProducerScored {
  'peerId': (string);
  'producerId': (string);
  /**
   * One per encoding, 0 (dead) to 10 (perfect), in the order of the encodings.
   */
  'scores': (number)[];
}
