// Original file: proto/parley/rtp/v1/rtp.proto


export interface RtpEncodingParametersInput {
  'ssrc'?: (number);
  'rid'?: (string);
  'codecPayloadType'?: (number);
  'rtxSsrc'?: (number);
  'dtx'?: (boolean);
  'scalabilityMode'?: (string);
  'maxBitrate'?: (number);
  '_ssrc'?: "ssrc";
  '_rid'?: "rid";
  '_codecPayloadType'?: "codecPayloadType";
  '_rtxSsrc'?: "rtxSsrc";
  '_dtx'?: "dtx";
  '_scalabilityMode'?: "scalabilityMode";
  '_maxBitrate'?: "maxBitrate";
}

export interface RtpEncodingParameters {
  'ssrc'?: (number);
  'rid'?: (string);
  'codecPayloadType'?: (number);
  'rtxSsrc'?: (number);
  'dtx'?: (boolean);
  'scalabilityMode'?: (string);
  'maxBitrate'?: (number);
  '_ssrc'?: "ssrc";
  '_rid'?: "rid";
  '_codecPayloadType'?: "codecPayloadType";
  '_rtxSsrc'?: "rtxSsrc";
  '_dtx'?: "dtx";
  '_scalabilityMode'?: "scalabilityMode";
  '_maxBitrate'?: "maxBitrate";
}
