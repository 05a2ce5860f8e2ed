// Original file: proto/parley/room/v1/room.proto


export interface SayGoodbyeRequestInput {
  'code'?: (string);
  /**
   * Proves the peer. One that is not its newest any more changes nothing.
   */
  'resumeSecret'?: (string);
  /**
   * `room:suspend` or `room:leave`.
   */
  'verb'?: (string);
}

export interface SayGoodbyeRequest {
  'code': (string);
  /**
   * Proves the peer. One that is not its newest any more changes nothing.
   */
  'resumeSecret': (string);
  /**
   * `room:suspend` or `room:leave`.
   */
  'verb': (string);
}
