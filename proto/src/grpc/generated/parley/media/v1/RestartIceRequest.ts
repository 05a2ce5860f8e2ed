// Original file: proto/parley/media/v1/media.proto


export interface RestartIceRequestInput {
  'roomId'?: (string);
  'peerId'?: (string);
  'transportId'?: (string);
}

export interface RestartIceRequest {
  'roomId': (string);
  'peerId': (string);
  'transportId': (string);
}
