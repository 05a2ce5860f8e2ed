// Original file: proto/parley/media/v1/media.proto


export interface RequestKeyFramesRequestInput {
  'roomId'?: (string);
  'peerId'?: (string);
  'consumerIds'?: (string)[];
}

export interface RequestKeyFramesRequest {
  'roomId': (string);
  'peerId': (string);
  'consumerIds': (string)[];
}
