// Original file: proto/parley/media/v1/media.proto


export interface FindProducerRequestInput {
  'roomId'?: (string);
  'producerId'?: (string);
}

export interface FindProducerRequest {
  'roomId': (string);
  'producerId': (string);
}
