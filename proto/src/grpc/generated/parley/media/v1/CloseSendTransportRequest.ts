// Original file: proto/parley/media/v1/media.proto


export interface CloseSendTransportRequestInput {
  'roomId'?: (string);
  'peerId'?: (string);
}

export interface CloseSendTransportRequest {
  'roomId': (string);
  'peerId': (string);
}
