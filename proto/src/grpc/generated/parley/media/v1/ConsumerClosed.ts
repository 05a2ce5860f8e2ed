// Original file: proto/parley/media/v1/media.proto


export interface ConsumerClosedInput {
  'peerId'?: (string);
  'consumerId'?: (string);
  'producerId'?: (string);
}

export interface ConsumerClosed {
  'peerId': (string);
  'consumerId': (string);
  'producerId': (string);
}
