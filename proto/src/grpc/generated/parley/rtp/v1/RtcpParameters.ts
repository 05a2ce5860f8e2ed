// Original file: proto/parley/rtp/v1/rtp.proto


export interface RtcpParametersInput {
  'cname'?: (string);
  'reducedSize'?: (boolean);
  '_cname'?: "cname";
  '_reducedSize'?: "reducedSize";
}

export interface RtcpParameters {
  'cname'?: (string);
  'reducedSize'?: (boolean);
  '_cname'?: "cname";
  '_reducedSize'?: "reducedSize";
}
