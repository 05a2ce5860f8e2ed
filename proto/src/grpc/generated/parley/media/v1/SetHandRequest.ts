// Original file: proto/parley/media/v1/media.proto


export interface SetHandRequestInput {
  'roomId'?: (string);
  'peerId'?: (string);
  'raised'?: (boolean);
}

export interface SetHandRequest {
  'roomId': (string);
  'peerId': (string);
  'raised': (boolean);
}
