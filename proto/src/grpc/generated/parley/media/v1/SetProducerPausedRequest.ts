// Original file: proto/parley/media/v1/media.proto


export interface SetProducerPausedRequestInput {
  'roomId'?: (string);
  'peerId'?: (string);
  'producerId'?: (string);
  'paused'?: (boolean);
}

export interface SetProducerPausedRequest {
  'roomId': (string);
  'peerId': (string);
  'producerId': (string);
  'paused': (boolean);
}
