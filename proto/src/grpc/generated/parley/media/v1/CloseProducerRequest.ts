// Original file: proto/parley/media/v1/media.proto


export interface CloseProducerRequestInput {
  'roomId'?: (string);
  'peerId'?: (string);
  'producerId'?: (string);
}

export interface CloseProducerRequest {
  'roomId': (string);
  'peerId': (string);
  'producerId': (string);
}
