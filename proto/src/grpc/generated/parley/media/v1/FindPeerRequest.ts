// Original file: proto/parley/media/v1/media.proto


export interface FindPeerRequestInput {
  'roomId'?: (string);
  'peerId'?: (string);
}

export interface FindPeerRequest {
  'roomId': (string);
  'peerId': (string);
}
