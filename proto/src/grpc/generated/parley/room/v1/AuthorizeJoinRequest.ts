// Original file: proto/parley/room/v1/room.proto


export interface AuthorizeJoinRequestInput {
  'code'?: (string);
  'displayName'?: (string);
  /**
   * 32 hexadecimal digits, in every log line of this join.
   */
  'traceId'?: (string);
}

export interface AuthorizeJoinRequest {
  'code': (string);
  'displayName': (string);
  /**
   * 32 hexadecimal digits, in every log line of this join.
   */
  'traceId': (string);
}
