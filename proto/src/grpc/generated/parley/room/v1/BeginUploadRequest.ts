// Original file: proto/parley/room/v1/room.proto


export interface BeginUploadRequestInput {
  'uploadPass'?: (string);
}

export interface BeginUploadRequest {
  'uploadPass': (string);
}
