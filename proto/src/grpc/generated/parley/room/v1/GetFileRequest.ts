// Original file: proto/parley/room/v1/room.proto


export interface GetFileRequestInput {
  'link'?: (string);
}

export interface GetFileRequest {
  'link': (string);
}
