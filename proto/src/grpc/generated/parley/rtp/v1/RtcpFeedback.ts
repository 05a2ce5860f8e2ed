// Original file: proto/parley/rtp/v1/rtp.proto


export interface RtcpFeedbackInput {
  'type'?: (string);
  'parameter'?: (string);
}

export interface RtcpFeedback {
  'type': (string);
  'parameter': (string);
}
