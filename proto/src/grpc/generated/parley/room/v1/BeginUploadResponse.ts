// Original file: proto/parley/room/v1/room.proto


export interface BeginUploadResponseInput {
  'fileId'?: (string);
  /**
   * Bytes. The upload has exactly as many.
   */
  'size'?: (number);
}

export interface BeginUploadResponse {
  'fileId': (string);
  /**
   * Bytes. The upload has exactly as many.
   */
  'size': (number);
}
