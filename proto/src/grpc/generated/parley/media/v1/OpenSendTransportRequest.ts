// Original file: proto/parley/media/v1/media.proto


export interface OpenSendTransportRequestInput {
  'roomId'?: (string);
  'peerId'?: (string);
}

export interface OpenSendTransportRequest {
  'roomId': (string);
  'peerId': (string);
}
