// Original file: proto/parley/media/v1/media.proto


export interface ConsumerScoredInput {
  'peerId'?: (string);
  'consumerId'?: (string);
  'score'?: (number);
  'producerScore'?: (number);
}

export interface ConsumerScored {
  'peerId': (string);
  'consumerId': (string);
  'score': (number);
  'producerScore': (number);
}
