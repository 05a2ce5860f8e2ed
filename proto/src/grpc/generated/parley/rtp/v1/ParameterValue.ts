// Original file: proto/parley/rtp/v1/rtp.proto


/**
 * The value of a parameter of a codec (fmtp) or of a header extension.
 */
export interface ParameterValueInput {
  'text'?: (string);
  'number'?: (number | string);
  'flag'?: (boolean);
  'value'?: "text"|"number"|"flag";
}

/**
 * The value of a parameter of a codec (fmtp) or of a header extension.
 */
export interface ParameterValue {
  'text'?: (string);
  'number'?: (number);
  'flag'?: (boolean);
  'value'?: "text"|"number"|"flag";
}
