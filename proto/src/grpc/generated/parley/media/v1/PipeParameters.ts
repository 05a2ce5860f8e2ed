// Original file: proto/parley/media/v1/media.proto


/**
 * Where one end of a link receives, and the SRTP keys that it sends with.
 */
export interface PipeParametersInput {
  /**
   * An IP address or a host name.
   */
  'host'?: (string);
  'port'?: (number);
  'srtpCryptoSuite'?: (string);
  'srtpKeyBase64'?: (string);
}

/**
 * Where one end of a link receives, and the SRTP keys that it sends with.
 */
export interface PipeParameters {
  /**
   * An IP address or a host name.
   */
  'host': (string);
  'port': (number);
  'srtpCryptoSuite': (string);
  'srtpKeyBase64': (string);
}
