// Original file: proto/parley/rtp/v1/rtp.proto


export interface DtlsFingerprintInput {
  'algorithm'?: (string);
  'value'?: (string);
}

export interface DtlsFingerprint {
  'algorithm': (string);
  'value': (string);
}
