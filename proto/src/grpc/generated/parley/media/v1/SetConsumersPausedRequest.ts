// Original file: proto/parley/media/v1/media.proto


export interface SetConsumersPausedRequestInput {
  'roomId'?: (string);
  'peerId'?: (string);
  'consumerIds'?: (string)[];
  'paused'?: (boolean);
}

export interface SetConsumersPausedRequest {
  'roomId': (string);
  'peerId': (string);
  'consumerIds': (string)[];
  'paused': (boolean);
}
