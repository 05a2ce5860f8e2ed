// Original file: proto/parley/rtp/v1/rtp.proto


/**
 * What a codec or header extension parameter may hold: fmtp values are strings, integers or flags.
 */
export interface ParameterValueInput {
  'text'?: (string);
  'number'?: (number | string);
  'flag'?: (boolean);
  'value'?: "text"|"number"|"flag";
}

/**
 * What a codec or header extension parameter may hold: fmtp values are strings, integers or flags.
 */
export interface ParameterValue {
  'text'?: (string);
  'number'?: (number);
  'flag'?: (boolean);
  'value'?: "text"|"number"|"flag";
}
