// Original file: proto/parley/media/v1/media.proto


export interface SpeakerInput {
  'peerId'?: (string);
  'producerId'?: (string);
  /**
   * The audio level in dBov, -127 to 0.
   */
  'volume'?: (number);
}

export interface Speaker {
  'peerId': (string);
  'producerId': (string);
  /**
   * The audio level in dBov, -127 to 0.
   */
  'volume': (number);
}
