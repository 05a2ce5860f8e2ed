// Original file: proto/parley/room/v1/room.proto


export interface FinishUploadRequestInput {
  'fileId'?: (string);
  /**
   * The media type by the content of the file.
   */
  'mediaType'?: (string);
}

export interface FinishUploadRequest {
  'fileId': (string);
  /**
   * The media type by the content of the file.
   */
  'mediaType': (string);
}
