// Original file: proto/parley/rtp/v1/rtp.proto

import type { DtlsFingerprintInput as _parley_rtp_v1_DtlsFingerprintInput, DtlsFingerprint as _parley_rtp_v1_DtlsFingerprint } from '../../../parley/rtp/v1/DtlsFingerprint.ts';

export interface DtlsParametersInput {
  /**
   * auto, client or server.
   */
  'role'?: (string);
  'fingerprints'?: (_parley_rtp_v1_DtlsFingerprintInput)[];
}

export interface DtlsParameters {
  /**
   * auto, client or server.
   */
  'role': (string);
  'fingerprints': (_parley_rtp_v1_DtlsFingerprint)[];
}
