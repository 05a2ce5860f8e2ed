// Original file: proto/parley/room/v1/room.proto


export interface ForgetFilesRequestInput {
  'fileIds'?: (string)[];
}

export interface ForgetFilesRequest {
  'fileIds': (string)[];
}
