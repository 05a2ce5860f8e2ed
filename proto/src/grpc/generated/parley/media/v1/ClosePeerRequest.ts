// Original file: proto/parley/media/v1/media.proto


export interface ClosePeerRequestInput {
  'roomId'?: (string);
  'peerId'?: (string);
}

export interface ClosePeerRequest {
  'roomId': (string);
  'peerId': (string);
}
