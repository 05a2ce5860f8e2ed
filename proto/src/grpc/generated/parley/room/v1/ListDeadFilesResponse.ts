// Original file: proto/parley/room/v1/room.proto


export interface ListDeadFilesResponseInput {
  /**
   * At most 100.
   */
  'fileIds'?: (string)[];
}

export interface ListDeadFilesResponse {
  /**
   * At most 100.
   */
  'fileIds': (string)[];
}
