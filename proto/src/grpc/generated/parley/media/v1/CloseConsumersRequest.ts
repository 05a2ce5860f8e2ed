// Original file: proto/parley/media/v1/media.proto


export interface CloseConsumersRequestInput {
  'roomId'?: (string);
  'peerId'?: (string);
  'consumerIds'?: (string)[];
}

export interface CloseConsumersRequest {
  'roomId': (string);
  'peerId': (string);
  'consumerIds': (string)[];
}
