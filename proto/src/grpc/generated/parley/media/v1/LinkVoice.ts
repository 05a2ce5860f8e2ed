// Original file: proto/parley/media/v1/media.proto


export interface LinkVoiceInput {
  'producerId'?: (string);
  'peerId'?: (string);
  /**
   * False: the microphone was muted or closed.
   */
  'open'?: (boolean);
  /**
   * The hand of its peer.
   */
  'handRaised'?: (boolean);
  /**
   * For how long it has been open when this is sent.
   */
  'openForMs'?: (number);
}

export interface LinkVoice {
  'producerId': (string);
  'peerId': (string);
  /**
   * False: the microphone was muted or closed.
   */
  'open': (boolean);
  /**
   * The hand of its peer.
   */
  'handRaised': (boolean);
  /**
   * For how long it has been open when this is sent.
   */
  'openForMs': (number);
}
