// Original file: proto/parley/rtp/v1/rtp.proto

import type { ParameterValueInput as _parley_rtp_v1_ParameterValueInput, ParameterValue as _parley_rtp_v1_ParameterValue } from '../../../parley/rtp/v1/ParameterValue.ts';

export interface RtpHeaderExtensionParametersInput {
  'uri'?: (string);
  'id'?: (number);
  'encrypt'?: (boolean);
  'parameters'?: ({[key: string]: _parley_rtp_v1_ParameterValueInput});
}

export interface RtpHeaderExtensionParameters {
  'uri': (string);
  'id': (number);
  'encrypt': (boolean);
  'parameters': ({[key: string]: _parley_rtp_v1_ParameterValue});
}
