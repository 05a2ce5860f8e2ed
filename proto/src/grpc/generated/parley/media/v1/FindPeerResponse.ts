// Original file: proto/parley/media/v1/media.proto


export interface FindPeerResponseInput {
  'open'?: (boolean);
}

export interface FindPeerResponse {
  'open': (boolean);
}
