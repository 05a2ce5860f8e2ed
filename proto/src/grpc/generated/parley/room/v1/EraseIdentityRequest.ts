// Original file: proto/parley/room/v1/room.proto


export interface EraseIdentityRequestInput {
  'identity'?: (string);
  /**
   * Gets the rooms; empty: they are deleted.
   */
  'successor'?: (string);
}

export interface EraseIdentityRequest {
  'identity': (string);
  /**
   * Gets the rooms; empty: they are deleted.
   */
  'successor': (string);
}
