// Original file: proto/parley/media/v1/media.proto


export interface TransportStateChangedInput {
  'peerId'?: (string);
  'transportId'?: (string);
  /**
   * new, connected, completed, disconnected or closed.
   */
  'iceState'?: (string);
  /**
   * new, connecting, connected, failed or closed.
   */
  'dtlsState'?: (string);
}

export interface TransportStateChanged {
  'peerId': (string);
  'transportId': (string);
  /**
   * new, connected, completed, disconnected or closed.
   */
  'iceState': (string);
  /**
   * new, connecting, connected, failed or closed.
   */
  'dtlsState': (string);
}
