// Original file: proto/parley/media/v1/media.proto


export interface ProducerScoredInput {
  'peerId'?: (string);
  'producerId'?: (string);
  /**
   * One score per encoding, in the order of the encodings: 0 (nothing arrives) to 10 (all arrives).
   */
  'scores'?: (number)[];
}

export interface ProducerScored {
  'peerId': (string);
  'producerId': (string);
  /**
   * One score per encoding, in the order of the encodings: 0 (nothing arrives) to 10 (all arrives).
   */
  'scores': (number)[];
}
