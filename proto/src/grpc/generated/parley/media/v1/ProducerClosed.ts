// Original file: proto/parley/media/v1/media.proto


export interface ProducerClosedInput {
  'peerId'?: (string);
  'producerId'?: (string);
}

export interface ProducerClosed {
  'peerId': (string);
  'producerId': (string);
}
