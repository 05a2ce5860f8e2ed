// Original file: proto/parley/media/v1/media.proto


export interface WatchRequestInput {
  'roomId'?: (string);
}

export interface WatchRequest {
  'roomId': (string);
}
