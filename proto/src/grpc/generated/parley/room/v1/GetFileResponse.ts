// Original file: proto/parley/room/v1/room.proto


export interface GetFileResponseInput {
  'fileId'?: (string);
  'name'?: (string);
  'size'?: (number);
  'mediaType'?: (string);
}

export interface GetFileResponse {
  'fileId': (string);
  'name': (string);
  'size': (number);
  'mediaType': (string);
}
